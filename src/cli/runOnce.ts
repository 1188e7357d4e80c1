/** One run of a demo: its result, held against the reference, then measured; the report. */
import { buildReport } from '@/lab/buildReport';
import { lengthOf, type DemoDecl } from '@/lab/demo';
import type { RunReport } from '@/lab/report';
import { Runner } from '@/lab/runner';
import type { HostTensor } from '@/lib/tensor';
import { loadRun } from '@/demos';
import type { Input } from './demoArgs';
import type { Laboratory } from './laboratory';
import { shipped } from './shipped';

/** Steps of a process between two lines of progress. */
const CHUNK = 50;

export interface Ran {
  readonly report: RunReport;
  /** Where `withTensors`. */
  readonly tensors: ReadonlyMap<string, HostTensor>;
}

export async function runOnce(
  lab: Laboratory,
  demo: DemoDecl,
  { params, files }: Input,
  withTensors: boolean,
): Promise<Ran> {
  const startedAt = new Date();
  const create = await loadRun(demo.slug);
  const runner = new Runner(demo, create, async () => {
    const device = await lab.device();
    return { device, scope: device.root.child(demo.slug), pool: lab.pool, tuner: lab.tuner, files, shipped };
  });
  const cancel = (): void => void runner.close();
  lab.signal.addEventListener('abort', cancel);
  runner.subscribe(() => {
    const { phase, progress } = runner.state;
    if (phase === 'starting') lab.output.progress(`${demo.slug}: starting`);
    else if (progress) lab.output.progress(`${demo.slug}: ${progress.what} ${progress.done || ''}`);
  });
  try {
    lab.signal.throwIfAborted();
    await runner.start(params);
    const length = lengthOf(demo, params);
    while (Number.isFinite(length) && runner.state.steps < length && !runner.session?.ended) {
      await runner.step(Math.min(CHUNK, length - runner.state.steps));
      lab.output.progress(`${demo.slug}: step ${runner.state.steps} of ${length}`);
    }
    await runner.verify();
    await runner.measure();
    const tensors = new Map<string, HostTensor>();
    if (withTensors) for (const name of runner.tensors) tensors.set(name, await runner.read(name));
    const { measurements, checks, metrics, series } = runner.state;
    const environment = await lab.environment();
    const report = buildReport({
      demo,
      params,
      environment,
      measurements: [...measurements],
      checks: [...checks],
      metrics,
      series: [...series],
      startedAt,
    });
    return { report, tensors };
  } finally {
    lab.signal.removeEventListener('abort', cancel);
    await runner.close();
  }
}
