/** A score network in training, Langevin chains over its score or the exact one, and the modes they end in. */
import { download } from '@/gpu/transfer';
import type { Check, Measurement, Series } from '@/lab/report';
import type { Camera, Context, MeasurePoint, Metrics } from '@/lab/session';
import { LabError } from '@/lib/errors';
import { Random } from '@/lib/random';
import { tensor, type HostTensor } from '@/lib/tensor';
import { parseDrawing, type Drawing } from '@/methods/diffusion/drawing';
import type { Mixture } from '@/methods/diffusion/mixture';
import { GRID } from '@/methods/score/field';
import { modesOf, type Mode } from '@/methods/score/modes';
import { batchOf, networkOf } from '@/methods/score/objectives';
import { HeatmapPainter } from '@/shaders/draw-heatmap/painter';
import { verifyStep } from '@/tensor/verifyStep';
import { frameOf, keptAt, runBoth, SIDE, type Both } from './chains';
import { chainsKey, fieldLevel, ladderIn, streams, type Kind } from './config';
import { Learning } from './learning';
import { stepsBetween } from './log';
import { chainMetrics, chainSeries, fieldMetrics, fieldSeries } from './figures';
import { CHAINS, TRAINING } from './charts';
import { measure } from './measure';
import { measureStep } from './measureStep';
import type { Params } from './params';
import { MOST_ERROR, type Shown } from './shown';
import { byNetwork, exactly, verifyChains } from './verify';

/** Rows of a step that is held against double precision. */
const ROWS = 32;
/** What moves without a new session. */
const live: readonly (keyof Params)[] = [
  ...(['steps', 'rate', 'field-level', 'steps-per-level', 'epsilon', 'denoise', 'plain-step'] as const),
  ...(['score', 'particles'] as const),
];

export class ScoreSession implements Shown {
  readonly tensors = ['plain', 'annealed', 'weights', 'field'];
  readonly modes: readonly Mode[];
  /** Raised whenever there is something new to show; `subscribe` tells. */
  version = 0;
  /** How much of both runs of chains is done, while they run. */
  share: number | undefined;
  private readonly listeners = new Set<() => void>();
  private both: { readonly key: string; readonly value: Both } | undefined;

  private constructor(
    private readonly ctx: Context,
    private params: Params,
    readonly mixture: Mixture,
    readonly learning: Learning,
    private readonly painter: HeatmapPainter,
  ) {
    this.modes = modesOf(mixture);
    learning.onNews = () => this.tell();
  }

  static async create(ctx: Context, params: Params, mixture: Mixture): Promise<ScoreSession> {
    const { device, scope } = ctx;
    const { objective, batch, width, rate, seed } = params;
    const options = { objective, batch, width, rate, seed, mixture, sigmas: ladderIn(params).sigmas };
    const learning = await Learning.create(device, scope, options, frameOf(mixture));
    return new ScoreSession(
      ctx,
      params,
      mixture,
      learning,
      await HeatmapPainter.bind(device, scope.child('map'), [GRID, GRID], SIDE),
    );
  }

  /** What the reader drew, where that is the distribution. */
  get drawing(): Drawing | undefined {
    return this.params.mixture && this.ctx.files.mixture ? parseDrawing(this.ctx.files.mixture) : undefined;
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private tell(): void {
    this.version += 1;
    for (const listener of [...this.listeners]) listener();
  }

  update(params: Params, changed: readonly (keyof Params)[]): 'live' | 'restart' {
    if (changed.some((name) => !live.includes(name))) return 'restart';
    if (params.rate !== this.params.rate) this.learning.learner.training.setRate(params.rate);
    this.params = params;
    return 'live';
  }

  get ended(): boolean {
    return this.learning.stop !== undefined;
  }

  async step(n: number, signal: AbortSignal): Promise<Metrics> {
    const { learning, params } = this;
    const sigma = fieldLevel(params);
    for (let i = 0; i < n && !this.ended; i++) {
      signal.throwIfAborted();
      await learning.step(stepsBetween(params.steps), sigma, params.rate);
    }
    if (n === 0) {
      await learning.settle(sigma, params.rate);
      if (params.score === 'exact') await this.ensureChains(signal);
    }
    return this.metrics();
  }

  /** The chains of the parameters and weights of now, run where they are not. */
  async ensureChains(signal: AbortSignal): Promise<Both> {
    const key = this.keyNow;
    if (this.both?.key === key) return this.both.value;
    const { params, mixture, modes, learning } = this;
    const { device, scope } = this.ctx;
    const onShare = (share: number): void => {
      this.share = share;
      this.tell();
    };
    try {
      const learner = params.score === 'learned' ? { learner: learning.learner } : {};
      const value = await runBoth(device, scope, { params, mixture, modes, ...learner, onShare }, signal);
      this.both?.value.scope.close();
      this.both = { key, value };
      return value;
    } finally {
      this.share = undefined;
      this.tell();
    }
  }

  private get keyNow(): string {
    return chainsKey(this.params, this.params.score === 'learned' ? this.learning.now : -1);
  }

  /** What was computed last. */
  get shown(): Both | undefined {
    return this.both?.value;
  }
  /** It is of the parameters and weights of now. */
  get fresh(): boolean {
    return this.both?.key === this.keyNow;
  }

  private metrics(): Metrics {
    return {
      ...fieldMetrics(this.learning),
      ...(this.both && this.fresh ? chainMetrics(this.modes, this.both.value) : {}),
    };
  }

  series(): readonly Series[] {
    return [
      ...fieldSeries(this.learning),
      ...(this.both && this.fresh ? chainSeries(this.modes, this.both.value) : []),
    ];
  }

  async *measure(point: MeasurePoint<Params>, signal: AbortSignal): AsyncGenerator<Measurement> {
    const of = (name: string) => point.series?.filter((line) => line.name === name);
    const asked = (name: string): MeasurePoint<Params> => ({
      ...point,
      ...(point.series && { series: of(name)! }),
    });
    if (of(CHAINS)?.length !== 0) yield* measure(this.ctx, asked(CHAINS), signal);
    if (of(TRAINING)?.length !== 0) yield* measureStep(this.ctx, asked(TRAINING), signal);
  }

  async verify(signal: AbortSignal): Promise<readonly Check[]> {
    const { learning, params, mixture } = this;
    const { learner } = learning;
    const { runs } = await this.ensureChains(signal);
    const weights = await learner.weights();
    const followed = params.score === 'learned' ? byNetwork(learner, weights) : exactly(mixture);
    const checks: Check[] = [];
    for (const [kind, { chains, trace }] of Object.entries(runs))
      checks.push(await verifyChains(kind, chains, trace, followed, params.seed, signal));
    const { objective, width, seed } = params;
    const { sigmas } = learner.options;
    const batch = batchOf(objective, mixture, sigmas, ROWS, new Random(seed, streams.checked));
    const network = networkOf(objective, ROWS, width);
    const { layout } = learner.training;
    return [...checks, ...(await verifyStep(this.ctx, network, layout, weights, batch, signal))];
  }

  /** Chains over a learned score take longer than a frame. */
  async assess(signal: AbortSignal): Promise<Metrics> {
    await this.ensureChains(signal);
    return this.metrics();
  }

  drawFrame(target: GPUTexture, camera: Camera, kind: Kind, frame: number): void {
    if (!this.shown) return;
    const { runs, half } = this.shown;
    const { chains, painter } = runs[kind];
    painter.draw(target, camera, chains.history, keptAt(chains, frame), half);
  }

  drawField(target: GPUTexture, camera: Camera): void {
    const { judgement } = this.learning;
    if (!judgement) return;
    this.painter.write(judgement.map);
    this.painter.draw(target, camera, { low: 0, high: MOST_ERROR });
  }

  draw(target: GPUTexture, camera: Camera): void {
    this.drawFrame(target, camera, 'annealed', Infinity);
  }

  async read(name: string, signal: AbortSignal): Promise<HostTensor> {
    if (name === 'field') {
      const { ground, score } = this.learning.judgement!;
      const n = ground.region.length;
      const rows = Array.from({ length: n }, (_, i) => {
        const at = (of: ArrayLike<number>): number[] => [of[2 * i]!, of[2 * i + 1]!];
        return [...at(ground.x), ...at(score), ...at(ground.score)];
      });
      return tensor('f32', [n, 6], rows.flat());
    }
    const { runs } = await this.ensureChains(signal);
    if (name === 'plain' || name === 'annealed') return download(this.ctx.device, runs[name].chains.x);
    if (name === 'weights') {
      const rows = [
        this.modes.map(({ weight }) => weight),
        runs.plain.counts.at(-1)!.shares,
        runs.annealed.counts.at(-1)!.shares,
      ];
      return tensor('f32', [3, this.modes.length], rows.flat());
    }
    throw new LabError('input.unknown', { name, allowed: this.tensors.join(', ') });
  }

  async snapshot(): Promise<Uint8Array<ArrayBuffer>> {
    await this.learning.settle(fieldLevel(this.params), this.params.rate);
    return this.learning.save();
  }

  restore(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    this.learning.restore(bytes);
    return Promise.resolve();
  }
}
