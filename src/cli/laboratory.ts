/** What commands share: one device, opened when needed and again after a loss, a worker pool, the tuner, the signal. */
import type { Device } from '@/gpu/device';
import { Tuner } from '@/gpu/tuner';
import { environmentOf } from '@/lab/buildReport';
import type { Environment } from '@/lab/report';
import type { Pool } from '@/lib/pool';
import { nodeHost, openDevice } from './nodeGpu';
import { openPool } from './nodePool';
import type { Output } from './output';
import { fileStore, tuningPath } from './tuningFile';

export class Laboratory {
  readonly tuner: Tuner;
  private opened: Promise<Device> | undefined;
  private workers: Pool | undefined;

  constructor(
    readonly output: Output,
    /** Ctrl-C. */
    readonly signal: AbortSignal,
  ) {
    this.tuner = new Tuner(fileStore(tuningPath(), (text) => output.note(text)));
  }

  get pool(): Pool {
    this.workers ??= openPool();
    return this.workers;
  }

  device(): Promise<Device> {
    this.opened ??= openDevice().then((device) => {
      void device.lost.then(() => (this.opened = undefined));
      return device;
    });
    return this.opened;
  }

  async environment(): Promise<Environment> {
    return environmentOf(nodeHost(), (await this.device()).caps);
  }

  /** Threads and Dawn's own would keep the process alive. */
  async close(): Promise<void> {
    this.workers?.close();
    const device = await this.opened?.catch(() => undefined);
    device?.close();
  }
}

/** One command: gives the exit status. */
export interface Command {
  readonly summary: string;
  /** What follows the command's name. */
  readonly usage: string;
  /** Further lines of help. */
  readonly details?: string;
  run(lab: Laboratory, argv: readonly string[]): Promise<number>;
}
