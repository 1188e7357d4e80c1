/** Langevin chains side by side, and the modes they end in. */
import { download } from '@/gpu/transfer';
import type { Check, Measurement, Series } from '@/lab/report';
import type { Camera, Context, MeasurePoint, Metrics, Session } from '@/lab/session';
import { LabError } from '@/lib/errors';
import { tensor, type HostTensor } from '@/lib/tensor';
import type { Mixture } from '@/methods/diffusion/mixture';
import { modesOf, type Mode } from '@/methods/score/modes';
import { runBoth, type Both } from './chains';
import type { Kind } from './config';
import { measure } from './measure';
import type { Params } from './params';
import { verifyChains } from './verify';

export class ScoreSession implements Session<Params> {
  readonly tensors = ['plain', 'annealed', 'weights'];
  readonly modes: readonly Mode[];
  private both: Both | undefined;

  constructor(
    private readonly ctx: Context,
    private params: Params,
    readonly mixture: Mixture,
  ) {
    this.modes = modesOf(mixture);
  }

  update(params: Params, changed: readonly (keyof Params)[]): 'live' | 'restart' {
    if (changed.includes('mixture') || changed.includes('data')) return 'restart';
    this.params = params;
    return 'live';
  }

  async step(_n: number, signal: AbortSignal): Promise<Metrics> {
    const { device, scope } = this.ctx;
    const both = await runBoth(device, scope, this.params, this.mixture, this.modes, signal);
    this.both?.scope.close();
    this.both = both;
    const ends = (kind: Kind) => both.runs[kind].counts.at(-1)!;
    return {
      modes: this.modes.length,
      trueHeaviest: this.modes[0]!.weight,
      plainHeaviest: ends('plain').shares[0]!,
      annealedHeaviest: ends('annealed').shares[0]!,
      plainMisplaced: ends('plain').misplaced,
      annealedMisplaced: ends('annealed').misplaced,
    };
  }

  /** What was computed last. */
  get shown(): Both | undefined {
    return this.both;
  }

  series(): readonly Series[] {
    const { both } = this;
    if (!both) return [];
    const x = this.modes.map((_, mode) => mode + 1);
    const weights = (name: string, y: readonly number[]): Series => ({ name, unit: '', x, y: [...y] });
    return [
      weights(
        'modeWeights true',
        this.modes.map(({ weight }) => weight),
      ),
      weights('modeWeights plain', both.runs.plain.counts.at(-1)!.shares),
      weights('modeWeights annealed', both.runs.annealed.counts.at(-1)!.shares),
    ];
  }

  measure(point: MeasurePoint<Params>, signal: AbortSignal): AsyncIterable<Measurement> {
    return measure(this.ctx, point, signal);
  }

  async verify(signal: AbortSignal): Promise<readonly Check[]> {
    const checks: Check[] = [];
    for (const [kind, { chains }] of Object.entries(this.current().runs)) {
      const trace = await download(this.ctx.device, chains.trace);
      checks.push(await verifyChains(kind, chains, trace, this.mixture, this.params.seed, signal));
    }
    return checks;
  }

  drawFrame(target: GPUTexture, camera: Camera, kind: Kind, frame: number): void {
    this.both?.runs[kind].painter.draw(target, camera, frame);
  }

  draw(target: GPUTexture, camera: Camera): void {
    this.drawFrame(target, camera, 'annealed', Infinity);
  }

  read(name: string): Promise<HostTensor> {
    if (name === 'plain' || name === 'annealed')
      return download(this.ctx.device, this.current().runs[name].chains.x);
    if (name === 'weights') {
      const { runs } = this.current();
      const rows = [
        this.modes.map(({ weight }) => weight),
        runs.plain.counts.at(-1)!.shares,
        runs.annealed.counts.at(-1)!.shares,
      ];
      return Promise.resolve(tensor('f32', [3, this.modes.length], rows.flat()));
    }
    throw new LabError('input.unknown', { name, allowed: this.tensors.join(', ') });
  }

  snapshot(): Promise<Uint8Array<ArrayBuffer>> {
    return Promise.resolve(new Uint8Array());
  }

  restore(): Promise<void> {
    return Promise.resolve();
  }

  private current(): Both {
    if (!this.both) throw new Error('nothing was computed yet');
    return this.both;
  }
}
