/** The chains where there is no GPU: both programs over the exact score by the kernel's baseline, on all cores. */
import { cpuSeries } from '@/lab/cpuSeries';
import type { Check, Measurement, Series } from '@/lab/report';
import type { CpuContext, MeasurePoint, Metrics } from '@/lab/session';
import { LabError } from '@/lib/errors';
import { tensor, valuesOf, type HostTensor } from '@/lib/tensor';
import { parseDrawing, type Drawing } from '@/methods/diffusion/drawing';
import type { Mixture } from '@/methods/diffusion/mixture';
import { particlesOnCpu } from '@/methods/diffusion/particlesOnCpu';
import { modesOf, type Mode } from '@/methods/score/modes';
import { uniformStart } from '@/methods/score/starts';
import type { Bench } from '@/shaders/measure';
import { CHAINS } from './charts';
import { countFrames, frameOf, TRACED } from './chains';
import { chainsKey, kinds, programOf, streams, type Kind } from './config';
import { chainMetrics, chainSeries } from './figures';
import { measure } from './measure';
import type { Params } from './params';
import type { Shown, ShownBoth, ShownRun } from './shown';
import { exactly, verifyChains } from './verify';

interface CpuRun extends ShownRun {
  readonly x: HostTensor;
}
type CpuBoth = ShownBoth & { readonly runs: Readonly<Record<Kind, CpuRun>> };

export class CpuScoreSession implements Shown {
  readonly tensors = ['plain', 'annealed'];
  readonly modes: readonly Mode[];
  readonly version = 0;
  readonly share = undefined;
  /** There is nothing to train. */
  readonly ended = true;
  private both: { readonly key: string; readonly value: CpuBoth } | undefined;

  constructor(
    private readonly ctx: CpuContext,
    private params: Params,
    private readonly mixture: Mixture,
  ) {
    this.modes = modesOf(mixture);
  }

  get drawing(): Drawing | undefined {
    return this.params.mixture && this.ctx.files.mixture ? parseDrawing(this.ctx.files.mixture) : undefined;
  }

  subscribe(): () => void {
    return () => undefined;
  }

  update(params: Params, changed: readonly (keyof Params)[]): 'live' | 'restart' {
    if (changed.some((name) => ['mixture', 'data'].includes(name))) return 'restart';
    this.params = params;
    return 'live';
  }

  async step(_n: number, signal: AbortSignal): Promise<Metrics> {
    return chainMetrics(this.modes, await this.ensureChains(signal));
  }

  async ensureChains(signal: AbortSignal): Promise<CpuBoth> {
    if (this.both && this.fresh) return this.both.value;
    const key = this.keyNow;
    const { params, mixture } = this;
    const runs: Partial<Record<Kind, CpuRun>> = {};
    for (const kind of kinds) runs[kind] = await this.run(kind, signal);
    const value: CpuBoth = { half: frameOf(mixture), runs: runs as CpuBoth['runs'] };
    if (params === this.params) this.both = { key, value };
    return value;
  }

  get shown(): CpuBoth | undefined {
    return this.both?.value;
  }
  get fresh(): boolean {
    return this.both?.key === this.keyNow;
  }

  /** The score is the exact one, whichever was asked for; seed and ladder move without a new session. */
  private get keyNow(): string {
    const { levels, seed } = this.params;
    const ends = [this.params['sigma-max'], this.params['sigma-min']];
    return chainsKey({ ...this.params, score: 'exact' }, -1) + JSON.stringify([levels, seed, ends]);
  }

  private async run(kind: Kind, signal: AbortSignal): Promise<CpuRun> {
    const { params, mixture } = this;
    const { particles: n, seed } = params;
    const program = programOf(kind, params);
    const rows = Math.min(n, TRACED);
    const values = new Float32Array(2 * rows * program.length);
    let x = uniformStart(mixture, n, seed, streams.start);
    let frame = 0;
    for await (x of particlesOnCpu(this.ctx.pool, mixture, program, { x, seed }, signal))
      values.set(valuesOf(x).subarray(0, 2 * rows), 2 * rows * frame++);
    const trace = tensor('f32', [program.length, rows, 2], values);
    const counts = await countFrames(trace, x, { params, mixture, modes: this.modes }, signal);
    return { program, particles: n, trace, counts, x };
  }

  series(): readonly Series[] {
    return this.both ? chainSeries(this.modes, this.both.value) : [];
  }

  async *measure(point: MeasurePoint<Params>, signal: AbortSignal): AsyncGenerator<Measurement> {
    const series = cpuSeries(point, CHAINS);
    // What is measured without variants gets the pool and the files alone.
    const bench = this.ctx as unknown as Bench & Pick<CpuContext, 'files'>;
    if (series.length > 0) yield* measure(bench, { ...point, series }, signal);
  }

  async verify(signal: AbortSignal): Promise<readonly Check[]> {
    const { runs } = await this.ensureChains(signal);
    const checks: Check[] = [];
    for (const kind of kinds) {
      const { trace } = runs[kind];
      checks.push(
        await verifyChains(kind, runs[kind], trace, exactly(this.mixture), this.params.seed, signal),
      );
    }
    return checks;
  }

  async read(name: string, signal: AbortSignal): Promise<HostTensor> {
    if (name !== 'plain' && name !== 'annealed')
      throw new LabError('input.unknown', { name, allowed: this.tensors.join(', ') });
    return (await this.ensureChains(signal)).runs[name].x;
  }

  snapshot(): Promise<Uint8Array<ArrayBuffer>> {
    return Promise.resolve(new Uint8Array());
  }

  /** Everything follows from the parameters. */
  restore(): Promise<void> {
    return Promise.resolve();
  }
}
