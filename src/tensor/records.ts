/**
 * What is kept of every training step, in a ring on the GPU that is read now and then: no step waits for it, and
 * since copies are queued behind the steps, the ring may go on being written while it is read.
 */
import type { Device } from '@/gpu/device';
import type { Recorder } from '@/gpu/recorder';
import type { DeviceTensor, Scope } from '@/gpu/scope';
import { readBack } from '@/gpu/transfer';
import { control, CONTROL_SIZE } from '@/shaders/lib/control';

export interface StepRecord {
  readonly loss: number;
  /** Share of rows whose target had the largest logit. */
  readonly accuracy: number;
  /** Of the backward pass of this step. */
  readonly lossScale: number;
  /** Of all gradients, unscaled; 0 where one is not finite. */
  readonly gradientNorm: number;
  /** Gradients that were not finite. */
  readonly overflows: number;
  readonly skipped: boolean;
  /** Updates that left the stored weight as it was, and all that were not zero; since the start. */
  readonly lost: number;
  readonly updates: number;
}

/** Steps between two read-backs at most. */
export const RING = 256;
/** loss, accuracy, the scale before the step, a gap, the control block after it, the two counters of lost updates. */
const RECORD = 4 + CONTROL_SIZE + 4;

export interface Sources {
  readonly loss: DeviceTensor;
  readonly accuracy: DeviceTensor;
  readonly control: DeviceTensor;
  readonly lost: DeviceTensor;
}

export class Records {
  /** Of the steps that were read so far. */
  readonly all: StepRecord[] = [];
  private readonly ring: GPUBuffer;
  private written = 0;
  private reading: Promise<void> = Promise.resolve();

  constructor(
    private readonly device: Device,
    scope: Scope,
    private readonly from: Sources,
  ) {
    this.ring = scope.buffer('records', 4 * RECORD * RING);
  }

  get full(): boolean {
    return this.written === RING;
  }

  /** Between the backward pass and the update. */
  before(recorder: Recorder): void {
    const { loss, accuracy, control: block } = this.from;
    recorder
      .copy(loss.buffer, this.ring, 4, loss.offset, this.at)
      .copy(accuracy.buffer, this.ring, 4, accuracy.offset, this.at + 4)
      .copy(block.buffer, this.ring, 4, 4 * control.SCALE, this.at + 8);
  }

  /** After the update; the step counts as written once `recorder` was submitted. */
  after(recorder: Recorder): void {
    recorder
      .copy(this.from.control.buffer, this.ring, 4 * CONTROL_SIZE, 0, this.at + 16)
      .copy(this.from.lost.buffer, this.ring, 8, 0, this.at + 16 + 4 * CONTROL_SIZE);
    this.written += 1;
  }

  /** Reads what was submitted since the last time; resolves once all of it is in `all`. */
  collect(): Promise<void> {
    const count = this.written;
    this.written = 0;
    if (count > 0) {
      const copied = readBack(
        this.device,
        4 * RECORD * count,
        (encoder, staging) => encoder.copyBufferToBuffer(this.ring, 0, staging, 0, 4 * RECORD * count),
        (mapped) => mapped.slice(0),
      );
      const before = this.reading;
      this.reading = (async () => {
        const bytes = await copied;
        await before;
        for (let i = 0; i < count; i++) this.all.push(recordIn(bytes, i));
      })();
    }
    return this.reading;
  }

  private get at(): number {
    return 4 * RECORD * this.written;
  }
}

function recordIn(bytes: ArrayBuffer, i: number): StepRecord {
  const values = new Float32Array(bytes, 4 * RECORD * i, RECORD);
  const counters = new Uint32Array(bytes, 4 * (RECORD * i + 4 + CONTROL_SIZE), 2);
  const block = values.subarray(4, 4 + CONTROL_SIZE);
  return {
    ...{ loss: values[0]!, accuracy: values[1]!, lossScale: values[2]! },
    gradientNorm: block[control.NORM]!,
    overflows: block[control.OVERFLOWS]!,
    skipped: block[control.SKIP] !== 0,
    ...{ lost: counters[0]!, updates: counters[1]! },
  };
}
