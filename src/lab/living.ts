/** A session together with its context: made together, ended together, exactly once. */
import { LabError } from '@/lib/errors';
import type { DemoDecl } from './demo';
import type { Params } from './schema';
import type { Context, Create, Session } from './session';

/** A context with a scope of its own, on a device that works; asked for at every start, restart and recovery. */
export type Open = (params: Params, signal: AbortSignal) => Promise<Context>;

/** What is kept from before a device loss: enough to come back to the same state. */
export interface Saved {
  readonly params: Params;
  readonly steps: number;
  readonly snapshot: Snapshot | undefined;
}

export interface Snapshot {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly steps: number;
}

export class Living {
  /** Steps of the process so far. */
  steps = 0;
  /** The generation whose result was last computed; none yet. */
  generation = -1;
  snapshot: Snapshot | undefined;
  private snapshotAt = performance.now();
  private revision: number | undefined;
  private ended = false;

  private constructor(
    readonly ctx: Context,
    readonly session: Session,
    /** What the session was last told. */
    public params: Params,
  ) {
    this.revision = session.revision;
  }

  /** With `saved`, the session comes back to where it was before a loss. */
  static async begin(
    open: Open,
    create: Create<Params>,
    params: Params,
    signal: AbortSignal,
    saved?: Saved,
  ): Promise<Living> {
    const ctx = await open(params, signal);
    try {
      signal.throwIfAborted();
      const living = new Living(ctx, await create(ctx, params, signal), params);
      if (saved) await living.bringBack(saved, signal);
      return living;
    } catch (error) {
      const lost = signal.aborted ? undefined : await lossOf(ctx);
      ctx.scope.close();
      throw lost ?? error;
    }
  }

  /** Hands over moved parameters; a file has its bytes in the context, so another file is another session. */
  tell(demo: DemoDecl, params: Params): 'live' | 'restart' {
    const changed = changedKeys(this.params, params);
    if (changed.length === 0) return 'live';
    if (changed.some((name) => demo.params[name]?.kind === 'file')) return 'restart';
    const answer = this.session.update(params, changed);
    if (answer === 'live') this.params = params;
    return answer;
  }

  /** The state before a loss: the last snapshot, then the steps since; without one, all steps from the seed. */
  private async bringBack({ snapshot, steps }: Saved, signal: AbortSignal): Promise<void> {
    if (snapshot) {
      await this.session.restore(snapshot.bytes);
      this.snapshot = snapshot;
      this.steps = snapshot.steps;
    }
    if (steps > this.steps) await this.session.step(steps - this.steps, signal);
    this.steps = steps;
  }

  /** A snapshot costs a read-back, so it is taken between steps and seldom, but at once where nothing else would do. */
  async snapshotEvery(ms: number): Promise<void> {
    const { revision } = this.session;
    if (revision === this.revision && performance.now() - this.snapshotAt < ms) return;
    this.revision = revision;
    this.snapshot = { bytes: await this.session.snapshot(), steps: this.steps };
    this.snapshotAt = performance.now();
  }

  save(): Saved {
    return { params: this.params, steps: this.steps, snapshot: this.snapshot };
  }

  end(): void {
    if (this.ended) return;
    this.ended = true;
    this.ctx.scope.close();
  }
}

/** Names whose values differ; files are compared by content. */
export function changedKeys(before: Params, after: Params): string[] {
  return Object.keys(after).filter((name) => {
    const [a, b] = [before[name], after[name]];
    if (typeof a === 'object' && typeof b === 'object' && a && b) return a.sha256 !== b.sha256;
    return !Object.is(a, b);
  });
}

/** The loss behind an error, where there is one: calls may fail a moment before the device says so. */
export async function lossOf({ device }: Context): Promise<LabError | undefined> {
  const later = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), 50));
  const info = await Promise.race([device.lost, later]);
  return info && new LabError('gpu.lost', { reason: info.message || info.reason });
}
