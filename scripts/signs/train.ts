/**
 * Trains the classifier that the site ships, a narrow EfficientNet on endless images of signs, by this project's own
 * engine. Writes the weights and beside them a record of how they came about.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { mean, std } from '@/lib/colours';
import { nodeHost, openDevice } from '@/cli/nodeGpu';
import { CLASSES, HARDER } from '@/methods/signs/signs';
import { shippedSigns } from '@/models/vision/models';
import { totals, trace } from '@/models/vision/trace';
import { recordOf, writeRecord } from '../record';
import { HELD_OUT_SEED, heldOutOf } from './heldOut';
import { learnSigns } from './learn';
import { numberOptions } from './options';

const usage = `npm run train:signs -- [options]
  --steps <n>        training steps (default 9000)
  --batch <n>        images a step (default 32)
  --width <x>        of B0's channels (default 0.35; the site's page expects the defaults of these three)
  --depth <x>        of B0's repeats (default 0.5)
  --resolution <n>   pixels of a side (default 48)
  --rate <x>         Adam's at its peak (default 0.004)
  --seed <n>         of the weights and the images (default 1)
  --out <file>       default public/weights/signs-efficientnet.safetensors; the record lies beside it as .json`;

const { path, ...scale } = shippedSigns;
const { numbers, file: out = `public/${path}` } = numberOptions(
  { steps: 9000, batch: 32, ...scale, rate: 0.004, seed: 1 },
  usage,
);

const recipe = { ...numbers, strength: 1 };
const startedAt = new Date();
const device = await openDevice();
const { network, bytes, curve } = await learnSigns(device, recipe, (text) => {
  console.error(text);
});
const seconds = Math.round((Date.now() - startedAt.getTime()) / 1000);
mkdirSync(dirname(out), { recursive: true });
writeFileSync(out, bytes);
const { accuracy, images } = await heldOutOf(device, bytes, recipe, 2048);
console.error(`held out: ${(100 * accuracy).toFixed(2)} % of ${images}`);
const { width, depth, resolution, ...training } = recipe;
await writeRecord(recordOf(out), {
  // Where the file went is nobody else's matter.
  command: `npm run train:signs -- ${process.argv.slice(2).join(' ')}`.replace(/ --out[ =]\S+/, '').trimEnd(),
  startedAt: startedAt.toISOString(),
  ...{ seconds, commit: __TILEWISE_COMMIT__, runtime: nodeHost().runtime },
  ...{ adapter: device.caps.adapter, adapterKind: device.caps.adapterKind },
  data: { images: 'signs and shapes', classes: CLASSES, colours: { mean, std }, harderOver: HARDER },
  network: {
    ...{ name: 'EfficientNet', width, depth, resolution, bytes: bytes.length },
    parameters: totals(trace(network, resolution)).parameters,
  },
  training: { ...training, optimiser: 'Adam', schedule: 'a tenth warm-up, cosine to 0' },
  heldOut: { seed: HELD_OUT_SEED, images, accuracy },
  curve,
});
device.close();
process.exit(0);
