/** What was asked of a session and waits for its turn. */
import type { Living } from './living';
import type { RunnerState } from './runnerState';

export type Show = (patch: Partial<RunnerState>) => void;

export interface Job {
  run(living: Living, signal: AbortSignal, show: Show): Promise<void>;
  /** It takes long and can wait until the result was checked, which readers want to know first. */
  readonly late: boolean;
  resolve(): void;
  reject(reason: unknown): void;
}

export class Jobs {
  private waiting: Job[] = [];
  private checked = -1;

  /** Resolves once the job has run; rejects where it failed or was ended. */
  async add(run: Job['run'], late: boolean): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.waiting.push({ run, late, resolve, reject });
    });
  }

  /** The check of a generation's result has ended, well or not: what waited for it may run. */
  release(generation: number): void {
    this.checked = Math.max(this.checked, generation);
  }

  take(generation: number): Job | undefined {
    const at = this.waiting.findIndex(({ late }) => !late || this.checked >= generation);
    return at < 0 ? undefined : this.waiting.splice(at, 1)[0];
  }

  rejectAll(reason: unknown): void {
    for (const job of this.waiting.splice(0)) job.reject(reason);
  }
}
