/**
 * Records dispatches and copies into few submissions. No dispatch is expected to exceed 100 ms and no submission
 * 250 ms (Windows resets a GPU after about 2 s; the page must stay responsive): longer work is split by predicted
 * cost, at most two submissions are in flight, and cancelling takes effect between them.
 */
import type { Bound, BoundPass } from './bind';
import type { Device } from './device';
import { RING_SLOTS, SLOT_BYTES, TIMED_PASSES } from './ring';

const DISPATCH_MS = 100;
const SUBMISSION_MS = 250;

interface Dispatch {
  readonly pass: BoundPass;
  readonly base: number;
  readonly groups: number;
  readonly flops: number;
}
type Step = Dispatch | { readonly copy: (encoder: GPUCommandEncoder) => void };

export interface Ran {
  /** GPU time where there are timestamps, else wall clock with one wait. */
  readonly ms: number;
  readonly method: 'timestamp' | 'wall';
}

export class Recorder {
  private readonly steps: Step[] = [];

  constructor(private readonly device: Device) {}

  add(bound: Bound): this {
    for (const pass of bound.passes) this.dispatch(pass);
    return this;
  }

  copy(from: GPUBuffer, to: GPUBuffer, bytes = from.size, fromOffset = 0, toOffset = 0): this {
    this.steps.push({
      copy: (encoder) => {
        encoder.copyBufferToBuffer(from, fromOffset, to, toOffset, bytes);
      },
    });
    return this;
  }

  clear(buffer: GPUBuffer): this {
    this.steps.push({
      copy: (encoder) => {
        encoder.clearBuffer(buffer);
      },
    });
    return this;
  }

  /** Predicted GPU time of all that is recorded. */
  predictMs(): number {
    return this.steps.reduce(
      (sum, s) => sum + ('copy' in s ? 0 : this.device.pace.predictMs(s.pass.pipeline, s.flops)),
      0,
    );
  }

  /** Submits without waiting: for frames and steps, whose predicted cost is small. */
  submit(): void {
    for (const batch of this.batches()) this.encode(batch);
  }

  /** Submits and waits, in turns where it is long. */
  async run(signal?: AbortSignal): Promise<Ran> {
    const batches = this.batches();
    const started = performance.now();
    await this.submitAll(batches, signal);
    signal?.throwIfAborted();
    const ms = performance.now() - started;
    // With one short submission the wait itself would be learnt, not the work.
    if (batches.length > 1) this.learn(ms);
    return { ms, method: 'wall' };
  }

  /** As `run`, by GPU timestamps where the adapter has them: the sum over the compute passes it took. */
  async time(signal?: AbortSignal): Promise<Ran> {
    const { queries } = this.device;
    if (!queries) return this.run(signal);
    const turn = this.device.timing.then(() => this.timed(queries, signal));
    this.device.timing = turn.catch(() => undefined);
    return turn;
  }

  private async timed(queries: NonNullable<Device['queries']>, signal?: AbortSignal): Promise<Ran> {
    const batches = this.batches();
    let ms = 0;
    for (let from = 0; from < batches.length; from += TIMED_PASSES) {
      const part = batches.slice(from, from + TIMED_PASSES);
      const querySet = queries.set;
      await this.submitAll(part, signal, (i) => ({
        querySet,
        beginningOfPassWriteIndex: 2 * i,
        endOfPassWriteIndex: 2 * i + 1,
      }));
      const encoder = this.device.gpu.createCommandEncoder();
      encoder.resolveQuerySet(queries.set, 0, 2 * part.length, queries.resolved, 0);
      encoder.copyBufferToBuffer(queries.resolved, 0, queries.readable, 0, 16 * part.length);
      this.device.gpu.queue.submit([encoder.finish()]);
      await queries.readable.mapAsync(GPUMapMode.READ, 0, 16 * part.length);
      const stamps = new BigUint64Array(queries.readable.getMappedRange(0, 16 * part.length));
      for (let i = 0; i < part.length; i++)
        ms += Number((stamps[2 * i + 1] ?? 0n) - (stamps[2 * i] ?? 0n)) / 1e6;
      queries.readable.unmap();
    }
    signal?.throwIfAborted();
    this.learn(ms);
    return { ms, method: 'timestamp' };
  }

  private async submitAll(
    batches: readonly (readonly Step[])[],
    signal?: AbortSignal,
    stamps?: (i: number) => GPUComputePassTimestampWrites,
  ): Promise<void> {
    const inFlight: Promise<void>[] = [];
    for (const [i, batch] of batches.entries()) {
      signal?.throwIfAborted();
      if (inFlight.length > 1) await inFlight.shift();
      this.encode(batch, stamps?.(i));
      inFlight.push(this.device.gpu.queue.onSubmittedWorkDone().then(() => undefined));
    }
    await Promise.all(inFlight);
  }

  private learn(ms: number): void {
    const ran = this.steps.flatMap((step) =>
      'copy' in step ? [] : [{ pipeline: step.pass.pipeline, flops: step.flops }],
    );
    this.device.pace.learn(ran, ms);
  }

  private dispatch(pass: BoundPass): void {
    if (pass.groups <= 0) return;
    const predicted = this.device.pace.predictMs(pass.pipeline, pass.flops);
    const perDispatch = Math.max(
      1,
      Math.floor(pass.groups * Math.min(1, DISPATCH_MS / Math.max(predicted, 1e-9))),
    );
    const most = Math.min(perDispatch, this.device.caps.limits.maxComputeWorkgroupsPerDimension);
    for (let base = 0; base < pass.groups; base += most) {
      const groups = Math.min(most, pass.groups - base);
      this.steps.push({ pass, base, groups, flops: (pass.flops * groups) / pass.groups });
    }
  }

  /** Steps of one submission each: bounded by predicted time and by the ring's slots. */
  private batches(): Step[][] {
    const batches: Step[][] = [];
    let batch: Step[] = [];
    let ms = 0;
    for (const step of this.steps) {
      const cost = 'copy' in step ? 0 : this.device.pace.predictMs(step.pass.pipeline, step.flops);
      if (batch.length > 0 && (ms + cost > SUBMISSION_MS || batch.length >= RING_SLOTS)) {
        batches.push(batch);
        batch = [];
        ms = 0;
      }
      batch.push(step);
      ms += cost;
    }
    if (batch.length > 0) batches.push(batch);
    return batches;
  }

  private encode(batch: readonly Step[], timestampWrites?: GPUComputePassTimestampWrites): void {
    const { gpu, ring } = this.device;
    const slots = new Uint8Array(batch.length * SLOT_BYTES);
    const encoder = gpu.createCommandEncoder();
    let pass: GPUComputePassEncoder | undefined;
    batch.forEach((step, i) => {
      if ('copy' in step) {
        pass?.end();
        pass = undefined;
        step.copy(encoder);
        return;
      }
      pass ??= encoder.beginComputePass(timestampWrites ? { timestampWrites } : {});
      const slot = i * SLOT_BYTES;
      slots.set(new Uint8Array(step.pass.params), slot);
      new DataView(slots.buffer).setUint32(slot, step.base, true);
      pass.setPipeline(step.pass.pipeline);
      pass.setBindGroup(0, step.pass.bindGroup, [slot]);
      pass.dispatchWorkgroups(step.groups);
    });
    pass?.end();
    gpu.queue.writeBuffer(ring, 0, slots);
    gpu.queue.submit([encoder.finish()]);
  }
}
