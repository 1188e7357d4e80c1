/** The classifier that judges generated digits, trained on the same endless images, and its 64 features of an image. */
import type { Device } from '@/gpu/device';
import type { Scope } from '@/gpu/scope';
import { download } from '@/gpu/transfer';
import { Random } from '@/lib/random';
import { tensor, valuesOf } from '@/lib/tensor';
import { centred, SIDE } from '@/methods/diffusion/imageBatch';
import { CLASSES, digitImages, type Batch } from '@/methods/digits/digits';
import { classifier, type Weight } from '@/models/classifier';
import { forward } from '@/tensor/forward';
import * as ops from '@/tensor/ops';
import type { Tensor } from '@/tensor/graph';
import { constant, normal } from '@/tensor/parameters';
import { Training } from '@/tensor/training';
import { write } from '@/gpu/transfer';

export const FEATURES = 64;
const BATCH = 64;
const STEPS = 3000;
const RATE = 0.002;
const flat = 32 * (SIDE / 4) ** 2;
const window = { stride: 2, padding: 1 } as const;

/** Two strided convolutions, a hidden layer, whose values are the features, and the head. */
function features(weight: Weight, { x }: Readonly<Record<string, Tensor>>): Tensor {
  const h1 = ops.relu(ops.conv2d(x!, weight('conv1.weight'), weight('conv1.bias'), window));
  const h2 = ops.relu(ops.conv2d(h1, weight('conv2.weight'), weight('conv2.bias'), window));
  const row = h2.graph.reshape(h2, [x!.shape[0]!, flat]);
  return ops.relu(ops.linear(row, weight('hidden.weight'), weight('hidden.bias')));
}
const head = (weight: Weight, h: Tensor): Tensor => ops.linear(h, weight('head.weight'), weight('head.bias'));

const network = classifier({
  parameters: [
    { name: 'conv1.weight', shape: [16, 1, 3, 3], init: normal(9, Math.SQRT2) },
    { name: 'conv1.bias', shape: [16], init: constant(0) },
    { name: 'conv2.weight', shape: [32, 16, 3, 3], init: normal(9 * 16, Math.SQRT2) },
    { name: 'conv2.bias', shape: [32], init: constant(0) },
    { name: 'hidden.weight', shape: [flat, FEATURES], init: normal(flat, Math.SQRT2) },
    { name: 'hidden.bias', shape: [FEATURES], init: constant(0) },
    { name: 'head.weight', shape: [FEATURES, CLASSES], init: normal(FEATURES) },
    { name: 'head.bias', shape: [CLASSES], init: constant(0) },
  ],
  inputs: {
    x: { dtype: 'f32', shape: [BATCH, SIDE, SIDE, 1] },
    targets: { dtype: 'i32', shape: [BATCH] },
  },
  logits: (weight, inputs) => head(weight, features(weight, inputs)),
});

export interface Judged {
  /** [n, 64] */
  readonly features: Float32Array;
  readonly classes: Int32Array;
}

/** @param images [n, 256] in [−1, 1], n a multiple of 64 */
export type Judge = (images: Float32Array) => Promise<Judged>;

/** Real digits as diffusion sees them. */
export function realDigits(count: number, random: Random): Batch {
  const { images, labels } = digitImages(count, SIDE, random);
  return { images: images.map(centred), labels };
}

export async function trainJudge(device: Device, scope: Scope, seed: number): Promise<Judge> {
  const training = await Training.create(device, scope, network, {
    ...{ precision: { format: 'f32', master: true }, rate: RATE, random: new Random(seed) },
  });
  const random = new Random(seed, 1);
  for (let step = 0; step < STEPS; step++) {
    const { images, labels } = realDigits(BATCH, random);
    training.write('x', tensor('f32', [BATCH, SIDE, SIDE, 1], images));
    training.write('targets', tensor('i32', [BATCH], labels));
    training.setRate((RATE / 2) * (1 + Math.cos((Math.PI * step) / STEPS)));
    await training.step();
  }
  const { x } = network.inputs;
  const made = await forward(device, scope, { x: x! }, training.weights, (weight, inputs) => {
    const h = features(weight, inputs);
    return { h, logits: head(weight, h) };
  });
  return async (images) => {
    const width = SIDE * SIDE;
    const count = images.length / width;
    const judged = { features: new Float32Array(count * FEATURES), classes: new Int32Array(count) };
    for (let from = 0; from < count; from += BATCH) {
      const part = images.subarray(from * width, (from + BATCH) * width);
      write(device, made.inputs.x!, tensor('f32', x!.shape, part));
      await made.program.record().run();
      judged.features.set(valuesOf(await download(device, made.outputs.h)), from * FEATURES);
      const logits = valuesOf(await download(device, made.outputs.logits));
      for (let i = 0; i < BATCH; i++) {
        const row = [...logits.subarray(i * CLASSES, (i + 1) * CLASSES)];
        judged.classes[from + i] = row.indexOf(Math.max(...row));
      }
    }
    return judged;
  };
}
