/** Earlier states of a training, kept on the GPU: what a replay begins from. */
import type { Device } from '@/gpu/device';
import { Recorder } from '@/gpu/recorder';
import type { DeviceTensor, Scope } from '@/gpu/scope';
import { byteLength } from '@/lib/tensor';
import type { Training } from '@/tensor/training';

/** The whole state at two earlier steps. */
export class Snapshots {
  private readonly slots: { step: number; readonly copies: readonly GPUBuffer[] }[];
  private next = 0;

  constructor(
    private readonly device: Device,
    scope: Scope,
    private readonly training: Training,
  ) {
    this.slots = [0, 1].map((i) => ({
      step: -1,
      copies: this.state.map((t) => scope.buffer(`snapshot ${i} of ${t.label}`, byteLength(t))),
    }));
  }

  forget(): void {
    for (const slot of this.slots) slot.step = -1;
  }

  take(step: number): void {
    const slot = this.slots[this.next % 2]!;
    this.next += 1;
    slot.step = step;
    const recorder = new Recorder(this.device);
    this.state.forEach((t, i) => recorder.copy(t.buffer, slot.copies[i]!, bytesOf(t)));
    recorder.submit();
  }

  putBack(step: number): number | undefined {
    const slot = this.slots
      .filter((candidate) => candidate.step >= 0 && candidate.step <= step)
      .sort((a, b) => b.step - a.step)[0];
    if (!slot) return undefined;
    const recorder = new Recorder(this.device);
    this.state.forEach((t, i) => recorder.copy(slot.copies[i]!, t.buffer, bytesOf(t)));
    recorder.submit();
    return slot.step;
  }

  private get state(): DeviceTensor[] {
    const { weights, working, moments, control, lost } = this.training;
    const copy = working === weights ? [] : [working.whole];
    return [weights.whole, ...copy, ...moments, control, lost];
  }
}

/** Copies are of whole words. */
const bytesOf = (t: DeviceTensor): number => (byteLength(t) + 3) & ~3;
