/**
 * How the shipped classifier of signs does on images of a seed that no training takes, by class, and how a linear
 * classifier of the same pixels does. Prints both; exits with 1 where the first is below 95 % or the other above 70 %.
 */
import { readFileSync } from 'node:fs';
import { openDevice } from '@/cli/nodeGpu';
import { download, write } from '@/gpu/transfer';
import { Random } from '@/lib/random';
import { tensor, valuesOf } from '@/lib/tensor';
import { signs } from '@/methods/signs/shapes';
import { CLASSES, signBatch } from '@/methods/signs/signs';
import { shippedSigns } from '@/models/vision/models';
import { rateAt, type Batch } from '@/models/vision/training';
import { forward } from '@/tensor/forward';
import * as ops from '@/tensor/ops';
import { constant, normal } from '@/tensor/parameters';
import type { Network } from '@/tensor/step';
import { Training } from '@/tensor/training';
import { readRecord, recordOf } from '../record';
import { heldOutBatches, heldOutOf } from './heldOut';
import { numberOptions } from './options';

const usage = `npm run evaluate:signs -- [options]
  --images <n>      held-out images, a multiple of 64 (default 4096)
  --steps <n>       of the linear classifier, 64 images each (default 1500)
  --weights <file>  default public/weights/signs-efficientnet.safetensors`;
const { numbers, file = `public/${shippedSigns.path}` } = numberOptions(
  { images: 4096, steps: 1500 },
  usage,
  'weights',
);
const ROWS = 64;
if (numbers.images === 0 || numbers.images % ROWS !== 0) {
  console.error(`--images ${numbers.images} is no multiple of ${ROWS}\n${usage}`);
  process.exit(2);
}
const device = await openDevice();
const { network } = readRecord(recordOf(file)) as {
  network: { width: number; depth: number; resolution: number };
};
const { accuracy, answers, images } = await heldOutOf(
  device,
  readFileSync(file),
  { ...network, strength: 1 },
  numbers.images,
);
console.log(`EfficientNet: ${(100 * accuracy).toFixed(2)} % of ${images}`);
signs.forEach(({ id }, i) => {
  const row = answers[i]!;
  const total = row.reduce((a, b) => a + b, 0);
  const wrong = row.flatMap((count, j) => (j !== i && count > 0 ? `${signs[j]!.id} ${count}` : []));
  console.log(
    `  ${id}: ${((100 * row[i]!) / total).toFixed(1)} % of ${total}; else ${wrong.join(', ') || '–'}`,
  );
});

const linearAccuracy = await linear();
console.log(`linear classifier of the pixels: ${(100 * linearAccuracy).toFixed(2)} %`);
device.close();
process.exit(accuracy >= 0.95 && linearAccuracy <= 0.7 ? 0 : 1);

/** One matrix from pixels to classes, trained on as fresh images, at the best of three rates. */
async function linear(): Promise<number> {
  const { resolution } = network;
  const pixels = resolution ** 2 * 3;
  const one: Network = {
    parameters: [
      { name: 'weight', shape: [pixels, CLASSES], init: normal(pixels, 0.1) },
      { name: 'bias', shape: [CLASSES], init: constant(0) },
    ],
    inputs: {
      x: { dtype: 'f32', shape: [ROWS, pixels] },
      targets: { dtype: 'i32', shape: [ROWS] },
    },
    loss: (weight, { x, targets }) =>
      ops.crossEntropy(ops.linear(x!, weight('weight'), weight('bias')), targets!),
  };
  const flat = ({ x }: Batch) => tensor('f32', [ROWS, pixels], valuesOf(x));
  let best = 0;
  for (const peak of [3e-5, 1e-4, 3e-4]) {
    const scope = device.root.child('linear');
    const precision = { format: 'f32', master: true } as const;
    const random = new Random(1);
    const training = await Training.create(device, scope, one, { precision, rate: peak, random });
    const data = new Random(1, 1);
    for (let i = 0; i < numbers.steps; i++) {
      const batch = signBatch(ROWS, resolution, data);
      training.write('x', flat(batch));
      training.write('targets', batch.targets);
      training.setRate(rateAt(i, numbers.steps, peak));
      await training.step();
    }
    const { x } = one.inputs;
    const run = await forward(device, scope, { x: x! }, training.weights, (weight, inputs) => ({
      logits: ops.linear(inputs.x!, weight('weight'), weight('bias')),
    }));
    let right = 0;
    for (const batch of heldOutBatches(numbers.images, resolution, 1)) {
      write(device, run.inputs.x!, flat(batch));
      await run.program.record().run();
      const logits = valuesOf(await download(device, run.outputs.logits));
      valuesOf(batch.targets).forEach((target, i) => {
        const own = logits.subarray(i * CLASSES, (i + 1) * CLASSES);
        if (own.indexOf(Math.max(...own)) === target) right += 1;
      });
    }
    scope.close();
    best = Math.max(best, right / numbers.images);
  }
  return best;
}
