/** The three runs on the GPU: particles kept at every level, and their pictures straight from there. */
import type { Scope } from '@/gpu/scope';
import { download, write } from '@/gpu/transfer';
import type { Measurement } from '@/lab/report';
import type { Camera, Context, MeasurePoint } from '@/lab/session';
import { Random } from '@/lib/random';
import { tensor, toFloat64, valuesOf } from '@/lib/tensor';
import { sample, type Mixture } from '@/methods/diffusion/mixture';
import { Particles } from '@/methods/diffusion/particles';
import type { Trace } from '@/methods/diffusion/repeat';
import { run } from '@/gpu/run';
import { HeatmapPainter, type Range } from '@/shaders/draw-heatmap/painter';
import { ParticlePainter } from '@/shaders/draw-particles/painter';
import { programsOf, runKey, seedOf, stepAt, streams } from './config';
import { BINS, shownMost, type Axis, type Densities, type Strip } from './density';
import { countStrips } from './densityGpu';
import { CLOUD } from './laws';
import type { Compute } from './likelihood';
import { measureAll } from './measureAll';
import { inks, kinds, type Kind } from './kinds';
import type { Params } from './params';
import { SdeSession } from './session';

/** Pixels of the largest picture. */
export const SIDE = 640;
/** Along a side of the density's maps: a CPU adapter takes four times as long for twice as many. */
export const MAP_SIDE = { hardware: 128, software: 64, unknown: 64 } as const;
/** Particles that are kept at every step, whatever their number. */
export const TRACED = 64;

interface Run {
  readonly particles: Particles;
  readonly painter: ParticlePainter;
}
interface Result {
  readonly key: string;
  readonly scope: Scope;
  readonly programs: ReturnType<typeof programsOf>;
  readonly runs: Readonly<Record<Kind, Run>>;
  readonly kept: readonly number[];
}

export class GpuSdeSession extends SdeSession {
  private result: Result | undefined;
  private heatmap:
    { readonly columns: number; readonly scope: Scope; readonly painter: HeatmapPainter } | undefined;
  private mapPainter: HeatmapPainter | undefined;
  protected readonly mapSide: number;
  protected readonly compute: Compute = async (kernel, inputs, attrs, signal) => {
    const found = await run(this.ctx.device, kernel, inputs, attrs, { signal });
    return Object.fromEntries(Object.entries(found).map(([name, each]) => [name, valuesOf(each)]));
  };

  constructor(
    private readonly ctx: Context,
    params: Params,
    mixture: Mixture,
  ) {
    super(params, mixture, ctx.files);
    this.mapSide = MAP_SIDE[ctx.device.caps.adapterKind];
  }

  get ran(): Result | undefined {
    return this.result;
  }

  get kept(): readonly number[] {
    return this.current().kept;
  }

  protected async run(signal: AbortSignal): Promise<void> {
    const { params, mixture } = this;
    const { device } = this.ctx;
    const { particles: n, seed } = params;
    const shape = [this.mapSide, this.mapSide] as const;
    this.mapPainter ??= await HeatmapPainter.bind(device, this.ctx.scope.child('map'), shape, SIDE);
    const programs = programsOf(params);
    const scope = this.ctx.scope.child('runs');
    try {
      const runs: Partial<Record<Kind, Run>> = {};
      for (const kind of kinds) {
        const own = scope.child(kind);
        const options = { particles: n, seed: seedOf(kind, params), traced: TRACED };
        const particles = await Particles.create(device, own, mixture, programs[kind], options);
        if (kind === 'forward') {
          const data = sample(mixture, n, new Random(seed, streams.data));
          write(device, particles.x, tensor('f32', [n, 2], Float32Array.from(data)));
        }
        await particles.run(signal);
        runs[kind] = {
          particles,
          painter: await ParticlePainter.bind(device, own, n, { side: SIDE, ink: inks[kind] }),
        };
      }
      signal.throwIfAborted();
      this.result?.scope.close();
      const last = programs.forward.length - 1;
      const keeps = (kind: Kind, level: number): boolean =>
        runs[kind]!.particles.kept.includes(stepAt(kind, level, last));
      const kept = programs.forward.flatMap((_, level) =>
        kinds.every((kind) => keeps(kind, level)) ? [level] : [],
      );
      this.result = { key: runKey(params), scope, programs, runs: runs as Result['runs'], kept };
    } catch (error) {
      scope.close();
      throw error;
    }
  }

  async trace(kind: Kind): Promise<Trace> {
    const { trace } = this.current().runs[kind].particles;
    return { rows: trace.shape[1]!, values: toFloat64(await download(this.ctx.device, trace)), norms: [] };
  }

  protected async cloud(kind: Kind, level: number): Promise<Float64Array> {
    const { history, kept, x } = this.current().runs[kind].particles;
    const n = x.shape[0]!;
    const at = kept.indexOf(stepAt(kind, level, this.levels.length - 1));
    const part = { from: 2 * n * at, count: 2 * Math.min(n, CLOUD) };
    return toFloat64(await download(this.ctx.device, history, part));
  }

  protected shares(
    kind: Kind,
    axis: Axis,
    strips: readonly Strip[],
    signal: AbortSignal,
  ): Promise<ArrayLike<number>> {
    const { device, scope } = this.ctx;
    return countStrips(device, scope, this.current().runs[kind].particles, axis, strips, signal);
  }

  override async density(axis: Axis, signal: AbortSignal): Promise<Densities> {
    const found = await super.density(axis, signal);
    const columns = found.levels.length;
    if (this.heatmap?.columns !== columns) {
      this.heatmap?.scope.close();
      const scope = this.ctx.scope.child('heatmap');
      const painter = await HeatmapPainter.bind(this.ctx.device, scope, [BINS, columns], SIDE);
      this.heatmap = { columns, scope, painter };
    }
    return found;
  }

  override drawDensity(target: GPUTexture, camera: Camera, of: Densities, kind: Kind | 'exact'): void {
    if (this.heatmap?.columns !== of.levels.length) return;
    const { painter } = this.heatmap;
    painter.write(kind === 'exact' ? of.exact : of.runs[kind]);
    painter.draw(target, camera, { low: 0, high: shownMost(of) });
  }

  measure(point: MeasurePoint<Params>, signal: AbortSignal): AsyncIterable<Measurement> {
    return measureAll(this.ctx, point, signal);
  }

  override drawMap(
    target: GPUTexture,
    camera: Camera,
    values: Float32Array<ArrayBuffer>,
    range: Range,
  ): void {
    this.mapPainter?.write(values);
    this.mapPainter?.draw(target, camera, range);
  }

  override drawLevel(target: GPUTexture, camera: Camera, kind: Kind, level: number): void {
    const step = stepAt(kind, level, this.levels.length - 1);
    const run = this.result?.runs[kind];
    if (!run) return;
    const { particles, painter } = run;
    painter.draw(target, camera, particles.history, particles.keptAt(step), this.window(level));
  }

  draw(target: GPUTexture, camera: Camera): void {
    this.drawLevel(target, camera, 'reverse', 0);
  }

  private current(): Result {
    if (!this.result) throw new Error('nothing was computed yet');
    return this.result;
  }
}
