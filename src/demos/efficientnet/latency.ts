/** One forward pass of a network with made weights, timed where it runs, and what it takes of memory. */
import type { Device } from '@/gpu/device';
import type { Scope } from '@/gpu/scope';
import { write } from '@/gpu/transfer';
import type { Measurement } from '@/lab/report';
import { summarise } from '@/lib/stats';
import type { Network } from '@/models/vision/description';
import { prepare, type Inference } from '@/models/vision/inference';
import { madeImages } from '@/models/vision/made';
import type { Counts } from './counts';
import { madeFor } from '@/models/vision/untrained';

export interface Subject {
  readonly network: Network;
  readonly side: number;
  readonly seed: number;
}

export interface Latency {
  readonly timeMs: NonNullable<Measurement['timeMs']>;
  /** The first run, with compilation where the adapter leaves it until then. */
  readonly firstMs: number;
  /** Bytes that were held: weights, image, activations. */
  readonly peakBytes: number;
}

export type OnProgress = (done: number, total: number) => void;

const SAMPLES = 10;
const LEAST = 3;
/** After which three samples do. */
const SPENT_MS = 3000;

/** On a made image, with its weights in place. */
export async function readied(
  device: Device,
  scope: Scope,
  { network, side, seed }: Subject,
): Promise<Inference> {
  const run = await prepare(device, scope, madeFor(network, seed), [1, side, side]);
  write(device, run.x, madeImages(seed, run.x.shape));
  return run;
}

export async function latencyOf(
  device: Device,
  parent: Scope,
  subject: Subject,
  signal: AbortSignal,
  report: OnProgress = () => undefined,
): Promise<Latency> {
  const scope = parent.child('forward pass');
  try {
    const { program } = await readied(device, scope, subject);
    const once = () => program.record().time(signal);
    report(0, LEAST + 1);
    const first = await once();
    const times: number[] = [];
    const started = performance.now();
    while (times.length < LEAST || (times.length < SAMPLES && performance.now() - started < SPENT_MS)) {
      report(times.length + 1, Math.max(LEAST, times.length) + 1);
      times.push((await once()).ms);
    }
    const timeMs = { ...summarise(times), method: first.method };
    return { timeMs, firstMs: first.ms, peakBytes: scope.peak };
  } finally {
    scope.close();
  }
}

/** How long a forward pass will take here, judged by the last that was timed. */
export class Expectation {
  private msPerMac: number;

  constructor({ caps }: Pick<Device, 'caps'>) {
    this.msPerMac = caps.adapterKind === 'hardware' ? 1e-8 : 1e-6;
  }

  learn({ macs }: Pick<Counts, 'macs'>, ms: number): void {
    this.msPerMac = ms / macs;
  }

  /** Of one pass. */
  passMs({ macs }: Pick<Counts, 'macs'>): number {
    return macs * this.msPerMac;
  }

  /** Of a measurement: the first pass and the least number of samples. */
  measurementMs(counts: Pick<Counts, 'macs'>): number {
    return (LEAST + 1) * this.passMs(counts);
  }
}
