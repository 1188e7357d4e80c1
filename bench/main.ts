/** The page of the bench: finds ops and peers, runs what it is asked for, answers with the document and its tables. */
import { capabilitiesOf } from '@/gpu/capabilities';
import { Device } from '@/gpu/device';
import type { Environment } from '@/lab/report';
import { compete } from './compete';
import type { Op, Row } from './contract';
import { markdown, rate, shapeText, table, type Unrated } from './rows';
import { findPeers } from './theirs';

declare const __PEER_VERSIONS__: Readonly<Record<string, string>>;

const ops = import.meta.glob<Op>('./ops/*.ts', { import: 'op', eager: true });

export interface Request {
  /** Names of ops, or of single tasks as in "attention.causal"; none means all. */
  readonly ops: readonly string[];
  readonly everyVariant: boolean;
}

export interface BenchDocument {
  readonly schema: 'tilewise.bench/1';
  readonly version: string;
  readonly commit: string;
  readonly startedAt: string;
  /** With the features of the device that each contender ran on. */
  readonly environment: Environment & { readonly devices: Readonly<Record<string, readonly string[]>> };
  readonly rows: readonly Row[];
}

export interface Answer {
  readonly document: BenchDocument;
  readonly table: string;
  readonly markdown: string;
  /** Every row of ours is there and correct. */
  readonly pass: boolean;
}

const fileOf = (op: string): string => op.split('.')[0] ?? op;

async function run({ ops: asked, everyVariant }: Request): Promise<Answer> {
  const startedAt = new Date().toISOString();
  const tasks = Object.values(ops).flatMap((op) =>
    op.tasks
      .filter((task) => asked.length === 0 || asked.includes(task.op) || asked.includes(fileOf(task.op)))
      .map((task) => ({ op, task })),
  );
  const device = await Device.open(navigator.gpu);
  const { adapter, adapterKind, features, limits } = device.caps;
  const devices: Record<string, readonly string[]> = {};
  const versions = { ...__PEER_VERSIONS__, tilewise: __TILEWISE_VERSION__ };
  const peers = await findPeers();
  const unrated: Unrated[] = [];
  for (const { op, task } of tasks) {
    const options = {
      device,
      peers,
      versions,
      everyVariant,
      say: (line: string) => console.info(`${task.op} ${shapeText(task.shape)}: ${line}`),
      sawDevice(name: string, gpu: GPUDevice) {
        const other = capabilitiesOf(gpu, gpu.adapterInfo);
        if (other.adapter !== adapter) throw new Error(`ran on ${other.adapter}, not on ${adapter}`);
        devices[name] = other.features;
      },
    };
    const rows = await compete(op, task, options);
    // Shown at once: a run over every op takes minutes.
    console.info(table(rate(rows)));
    unrated.push(...rows);
  }
  device.close();
  const rows = rate(unrated);
  const browser = /(?:Chrom(?:e|ium)|Firefox)\/[\d.]+/.exec(navigator.userAgent)?.[0] ?? navigator.userAgent;
  const environment = { runtime: 'browser', browser, adapter, adapterKind, features: [...features], limits };
  const document: BenchDocument = {
    schema: 'tilewise.bench/1',
    version: __TILEWISE_VERSION__,
    commit: __TILEWISE_COMMIT__,
    startedAt,
    environment: { ...environment, devices },
    rows,
  };
  const pass = unrated.every((row) => row.peer || row.correct);
  return { document, table: table(rows), markdown: markdown(rows), pass };
}

/** What may be asked for. */
const names = Object.values(ops).flatMap((op) => op.tasks.flatMap((task) => [fileOf(task.op), task.op]));

declare global {
  interface Window {
    bench: { readonly names: readonly string[]; readonly run: typeof run };
  }
}
window.bench = { names: [...new Set(names)], run };
