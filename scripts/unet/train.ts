/**
 * Trains the U-Net that the site ships, by this project's own engine, on endless digit images: EDM's preconditioning and
 * loss, Adam with a warm-up and a cosine decay, an exponential average of the weights. Writes the average in f16 and
 * beside it a record of how it came about.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { download } from '@/gpu/transfer';
import { Random } from '@/lib/random';
import { valuesOf } from '@/lib/tensor';
import { imageBatch, SIDE } from '@/methods/diffusion/imageBatch';
import { PAPER_NOISE, preconditionings, SIGMA_DATA } from '@/methods/diffusion/preconditioning';
import { CLASSES } from '@/methods/digits/digits';
import { noiseFeatures, unet } from '@/models/unet';
import { readCheckpoint, writeCheckpoint } from '@/tensor/checkpoint';
import { Training } from '@/tensor/training';
import { readRecord, recordOf, writeRecord } from '../record';
import { nodeHost, openDevice } from '@/cli/nodeGpu';

const usage = `npm run train:unet -- [options]
  --steps <n>     training steps (default 10000)
  --batch <n>     images a step (default 64)
  --channels <n>  width of the network, a multiple of 16 (default 32)
  --rate <x>      learning rate after the warm-up (default 0.002)
  --noise <m,s>   ln σ ~ N(m, s²) (default -1.2,1.2 as in the paper)
  --seed <n>      of the weights, the images and the noise (default 1)
  --from <file>   go on from these weights, with a new optimiser and schedule; their record is kept in the new one.
                  Take another --seed, or the same images come again
  --out <file>    default public/weights/digits-unet.safetensors; the record lies beside it as .json`;

const { values } = parseArgs({
  options: {
    steps: { type: 'string', default: '10000' },
    batch: { type: 'string', default: '64' },
    channels: { type: 'string', default: '32' },
    rate: { type: 'string', default: '0.002' },
    noise: { type: 'string', default: `${PAPER_NOISE.mean},${PAPER_NOISE.deviation}` },
    seed: { type: 'string', default: '1' },
    from: { type: 'string' },
    out: { type: 'string', default: 'public/weights/digits-unet.safetensors' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(usage);
  process.exit(0);
}
const [steps, batch, channels, seed] = [values.steps, values.batch, values.channels, values.seed].map(
  (text) => {
    const value = Number(text);
    if (Number.isSafeInteger(value) && value >= 0) return value;
    console.error(`${text} is no whole number\n${usage}`);
    process.exit(2);
  },
) as [number, number, number, number];
const peak = Number(values.rate);
const [mean, deviation] = values.noise.split(',').map(Number) as [number, number];
if (!(peak > 0) || !Number.isFinite(mean) || !(deviation > 0)) {
  console.error(`--rate ${values.rate} or --noise ${values.noise} is no number, or not positive\n${usage}`);
  process.exit(2);
}

const WARM_UP = 200;
/** Steps between two contributions to the average, and what it keeps at each once it is old enough. */
const AVERAGE_EVERY = 8;
const AVERAGE_KEEPS = 0.98;
/** Steps that a point of the loss curve is the mean of. */
const CURVE = 100;
const SAVE_EVERY = 500;
const optimiser = { beta1: 0.9, beta2: 0.99, decay: 0 };

const rateAt = (step: number): number =>
  peak * Math.min(1, (step + 1) / WARM_UP) * 0.5 * (1 + Math.cos((Math.PI * step) / steps));

const startedAt = new Date();
const device = await openDevice();
const network = unet({ rows: batch, size: SIDE, channels, classes: CLASSES });
const training = await Training.create(device, device.root.child('unet'), network, {
  ...{ precision: { format: 'f32', master: true }, optimiser, rate: rateAt(0) },
  random: new Random(seed),
});
const random = { images: new Random(seed, 1), noise: new Random(seed, 2) };
const preconditioning = preconditionings.edm({ mean, deviation });
const before = values.from === undefined ? undefined : readRecord(recordOf(values.from));
if (values.from !== undefined) {
  const found = readCheckpoint(training.layout, readFileSync(values.from), values.from);
  training.begin(found);
}
const average = new Float32Array(training.layout.size);
let averaged = 0;

async function contribute(): Promise<void> {
  const now = valuesOf(await download(device, training.weights.whole));
  // A short past is averaged evenly.
  const keeps = Math.min(AVERAGE_KEEPS, averaged / (averaged + 10));
  averaged += 1;
  for (let i = 0; i < average.length; i++) average[i] = keeps * average[i]! + (1 - keeps) * now[i]!;
}

async function save(done: number): Promise<void> {
  const history = await training.history();
  const curve = Array.from({ length: Math.floor(history.length / CURVE) }, (_, i) => {
    const part = history.slice(i * CURVE, (i + 1) * CURVE);
    return {
      step: (i + 1) * CURVE,
      loss: Number((part.reduce((sum, { loss }) => sum + loss, 0) / CURVE).toFixed(5)),
    };
  });
  const metadata = { channels: String(channels), steps: String(done), seed: String(seed) };
  const record = {
    // Where the file went is nobody else's matter.
    command: `npm run train:unet -- ${process.argv.slice(2).join(' ')}`
      .replace(/ --out[ =]\S+/, '')
      .trimEnd(),
    startedAt: startedAt.toISOString(),
    seconds: Math.round((Date.now() - startedAt.getTime()) / 1000),
    commit: __TILEWISE_COMMIT__,
    runtime: nodeHost().runtime,
    adapter: device.caps.adapter,
    adapterKind: device.caps.adapterKind,
    data: { images: 'digits from strokes', size: SIDE, range: [-1, 1], sigmaData: SIGMA_DATA },
    network: { channels, classes: CLASSES, parameters: training.layout.count, dtype: 'f16' },
    training: {
      ...{ seed, steps: done, planned: steps, batch, rate: peak, warmUp: WARM_UP, schedule: 'cosine to 0' },
      ...{ optimiser: { name: 'Adam', ...optimiser }, precision: 'f32' },
      average: { every: AVERAGE_EVERY, keeps: AVERAGE_KEEPS },
      noise: `ln σ ~ N(${mean}, ${deviation}²)`,
    },
    loss: curve,
    ...(before && { before }),
  };
  mkdirSync(dirname(values.out), { recursive: true });
  writeFileSync(values.out, writeCheckpoint(training.layout, average, metadata, 'f16'));
  await writeRecord(recordOf(values.out), record);
  const { loss } = curve.at(-1) ?? { loss: NaN };
  const perStep = (Date.now() - startedAt.getTime()) / done;
  console.error(
    `step ${done} of ${steps}, loss ${loss.toFixed(4)}, ${perStep.toFixed(0)} ms a step, ` +
      `${(((steps - done) * perStep) / 60_000).toFixed(1)} min left`,
  );
}

for (let step = 0; step < steps; step++) {
  const made = imageBatch(random, { count: batch, preconditioning, features: noiseFeatures });
  for (const [name, host] of Object.entries(made)) training.write(name, host);
  training.setRate(rateAt(step));
  await training.step();
  if ((step + 1) % AVERAGE_EVERY === 0) await contribute();
  if ((step + 1) % SAVE_EVERY === 0 || step + 1 === steps) await save(step + 1);
}
device.close();
process.exit(0);
