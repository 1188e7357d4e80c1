/** Text from a character network: one forward pass a character, drawn from its probabilities. */
import { download, write } from '@/gpu/transfer';
import type { Device } from '@/gpu/device';
import { Random } from '@/lib/random';
import { tensor, valuesOf, type HostTensors } from '@/lib/tensor';
import type { Forward } from '@/tensor/forward';
import { CONTEXT } from './task';

/** Below 1: likely characters become likelier. */
const TEMPERATURE = 0.7;

/** Of the character after `seen`, which fits in a window: its logits. */
export type Next = (seen: readonly number[]) => Promise<ArrayLike<number>>;

/** Goes on from `prompt`, ids of characters; `show` is told all ids after each. */
export async function writeOn(
  next: Next,
  prompt: readonly number[],
  length: number,
  seed: number,
  show: (ids: readonly number[]) => void,
  signal: AbortSignal,
): Promise<void> {
  const random = new Random(seed, 3);
  const ids = [...prompt];
  while (ids.length < length) {
    signal.throwIfAborted();
    ids.push(draw(await next(ids.slice(-CONTEXT)), random));
    show(ids);
  }
}

/** Inputs of `size` characters that begin with `seen`: what stands after its last character is not looked at. */
export function windowOf(seen: readonly number[], size: number): HostTensors {
  const x = new Int32Array(size);
  x.set(seen);
  return { x: tensor('i32', [size], x), targets: tensor('i32', [size], new Int32Array(size).fill(-1)) };
}

export function nextOnGpu(device: Device, { inputs, outputs, program }: Forward<'logits'>): Next {
  const vocab = outputs.logits.shape.at(-1)!;
  const size = inputs.x!.shape[0]!;
  return async (seen) => {
    for (const [name, host] of Object.entries(windowOf(seen, size))) write(device, inputs[name]!, host);
    program.record().submit();
    const part = { from: (seen.length - 1) * vocab, count: vocab };
    return valuesOf(await download(device, outputs.logits, part));
  };
}

function draw(logits: ArrayLike<number>, random: Random): number {
  const most = Math.max(...Array.from(logits));
  const weights = Array.from(logits, (v) => Math.exp((v - most) / TEMPERATURE));
  let left = random.uniform() * weights.reduce((a, b) => a + b, 0);
  const at = weights.findIndex((w) => (left -= w) <= 0);
  return Math.max(0, at);
}
