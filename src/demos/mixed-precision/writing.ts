/** Text from a character network: one forward pass a character, drawn from its probabilities. */
import { download, write } from '@/gpu/transfer';
import type { Device } from '@/gpu/device';
import { Random } from '@/lib/random';
import { tensor, valuesOf } from '@/lib/tensor';
import type { Forward } from '@/tensor/forward';
import { CONTEXT } from './task';

/** Below 1: likely characters become likelier. */
const TEMPERATURE = 0.7;

/** Goes on from `prompt`, ids of characters; `show` is told all ids after each. */
export async function writeOn(
  device: Device,
  { inputs, outputs, program }: Forward<'logits' | 'loss' | 'accuracy'>,
  prompt: readonly number[],
  length: number,
  seed: number,
  show: (ids: readonly number[]) => void,
  signal: AbortSignal,
): Promise<void> {
  const random = new Random(seed, 3);
  const ids = [...prompt];
  const vocab = outputs.logits.shape.at(-1)!;
  const size = inputs.x!.shape[0]!;
  write(device, inputs.targets!, tensor('i32', [size], new Int32Array(size).fill(-1)));
  while (ids.length < length) {
    signal.throwIfAborted();
    const seen = ids.slice(-CONTEXT);
    // Only the first window counts; what stands after its last character is not looked at.
    const x = new Int32Array(size);
    x.set(seen);
    write(device, inputs.x!, tensor('i32', [size], x));
    program.record().submit();
    const part = { from: (seen.length - 1) * vocab, count: vocab };
    ids.push(draw(valuesOf(await download(device, outputs.logits, part)), random));
    show(ids);
  }
}

function draw(logits: ArrayLike<number>, random: Random): number {
  const most = Math.max(...Array.from(logits));
  const weights = Array.from(logits, (v) => Math.exp((v - most) / TEMPERATURE));
  let left = random.uniform() * weights.reduce((a, b) => a + b, 0);
  const at = weights.findIndex((w) => (left -= w) <= 0);
  return Math.max(0, at);
}
