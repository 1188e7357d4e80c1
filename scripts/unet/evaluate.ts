/**
 * Measures the shipped U-Net and appends the figures to its record: how many digits a classifier recognises as the class
 * asked for, the Fréchet distance in its features against real against real, diversity within classes, nearest training
 * images, loss on images held out, and Fréchet over samplers and evaluations of the network.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { encode } from 'fast-png';
import { openDevice } from '@/cli/nodeGpu';
import { Random } from '@/lib/random';
import { nearest } from '@/methods/diffusion/dataSet';
import { fitOf, frechet } from '@/methods/diffusion/frechet';
import { SIDE } from '@/methods/diffusion/imageBatch';
import { levelsOf, ownSchedule } from '@/methods/diffusion/levels';
import type { ProcessName, SamplerName } from '@/methods/diffusion/names';
import { processes } from '@/methods/diffusion/process';
import { evaluations, steps } from '@/methods/diffusion/samplers';
import { CLASSES } from '@/methods/digits/digits';
import { generate } from './generate';
import { heldOutLoss } from './heldOut';
import { FEATURES, realDigits, trainJudge, type Judged } from './judge';
import { readRecord, recordOf, seedsOf, writeRecord } from '../record';

const { values: options } = parseArgs({
  options: {
    weights: { type: 'string', default: 'public/weights/digits-unet.safetensors' },
    images: { type: 'string', default: '2048' },
    'chart-images': { type: 'string', default: '1024' },
    picture: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) {
  console.log(`npm run evaluate:unet -- [options]
  --weights <file>     default public/weights/digits-unet.safetensors; its record lies beside it as .json
  --images <n>         generated for the figures, a multiple of 64 (default 2048)
  --chart-images <n>   generated for each point of Fréchet over samplers and steps; 0 leaves the chart out (default 1024)
  --picture <file>     also draw some of them, a column for each digit, as PNG`);
  process.exit(0);
}
const count = Number(options.images);
const chartCount = Number(options['chart-images']);
const WIDTH = SIDE * SIDE;
/** Seeds that no training uses. */
const seeds = { judge: 7001, test: 7002, real: 7003, other: 7004, labels: 7005, noise: 7006, loss: 7007 };
/** How many of the images trained on, the first ones of each training, neighbours are sought among; and for how many. */
const NEIGHBOURS = { among: 32_768, of: 512 };
/** What the figures are measured with. */
const MAIN = { process: 'edm', sampler: 'heun', steps: 18 } as const;
const HELD_OUT = { rows: 64, sigmas: [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 20, 80] };

const say = (text: string): void => console.error(text);
const short = (value: number): number => Number(value.toPrecision(4));
const startedAt = new Date();
const device = await openDevice();
const weights = new Uint8Array(readFileSync(options.weights));
const record = readRecord(recordOf(options.weights));
const { channels } = record.network as { channels: number };

const scope = device.root.child('judge');
const judge = await trainJudge(device, scope, seeds.judge);
const share = ({ classes }: Judged, labels: Int32Array): number =>
  classes.reduce((sum, digit, i) => sum + Number(digit === labels[i]), 0) / classes.length;
const test = realDigits(4096, new Random(seeds.test));
const judgeAccuracy = share(await judge(test.images), test.labels);
say(`the judge recognises ${(100 * judgeAccuracy).toFixed(2)} % of real digits`);

const programOf = (process: ProcessName, sampler: SamplerName, N: number, churn: number) => {
  const sigmas = levelsOf(ownSchedule[process], N, {}, process);
  return steps(processes[process](), sampler, sigmas, { churn });
};
const labelsFor = (n: number): Int32Array<ArrayBuffer> => {
  const random = new Random(seeds.labels);
  return Int32Array.from({ length: n }, () => random.int(0, CLASSES - 1));
};
const fit = ({ features }: Judged) => fitOf(features, FEATURES);

/** Mean distance between two of one class, over classes. */
function spread(rows: Float32Array, width: number, labels: Int32Array): number {
  let [sum, pairs] = [0, 0];
  for (let i = 0; i < labels.length; i++) {
    for (let j = 0; j < i; j++) {
      if (labels[i] !== labels[j]) continue;
      let square = 0;
      for (let c = 0; c < width; c++) square += (rows[i * width + c]! - rows[j * width + c]!) ** 2;
      sum += Math.sqrt(square);
      pairs += 1;
    }
  }
  return sum / pairs;
}

const real = realDigits(count, new Random(seeds.real));
const other = realDigits(count, new Random(seeds.other));
const [judgedReal, judgedOther] = [await judge(real.images), await judge(other.images)];
const fitReal = fit(judgedReal);
const realAgainstReal = frechet(fitReal, fit(judgedOther));

const main = programOf(MAIN.process, MAIN.sampler, MAIN.steps, 0);
const labels = labelsFor(count);
const images = await generate(device, weights, main, labels, seeds.noise);
const judged = await judge(images);
const recognised = share(judged, labels);
const byDigit = Array.from({ length: CLASSES }, (_, digit) => {
  const at = [...labels.keys()].filter((i) => labels[i] === digit);
  return short(at.filter((i) => judged.classes[i] === digit).length / at.length);
});
const distance = frechet(fitReal, fit(judged));
say(
  `recognised ${(100 * recognised).toFixed(2)} %; Fréchet ${distance.toFixed(4)}, real ${realAgainstReal.toFixed(4)}`,
);
const diversity = {
  features: spread(judged.features, FEATURES, labels) / spread(judgedReal.features, FEATURES, real.labels),
  pixels: spread(images, WIDTH, labels) / spread(real.images, WIDTH, real.labels),
};

// As `npm run train:unet` drew them.
const trainings = seedsOf(record).map((seed) => realDigits(NEIGHBOURS.among, new Random(seed, 1)).images);
const trained = new Float32Array(trainings.length * NEIGHBOURS.among * WIDTH);
trainings.forEach((images, i) => trained.set(images, i * images.length));
const data = { values: trained, count: trainings.length * NEIGHBOURS.among, width: WIDTH };
const median = (of: Float32Array): number => {
  const found = Array.from({ length: Math.min(NEIGHBOURS.of, count) }, (_, i) =>
    nearest(data, of.subarray(i * WIDTH, (i + 1) * WIDTH)),
  ).map((each) => each.distance / SIDE);
  return found.sort((a, b) => a - b)[found.length >> 1]!;
};
const neighbours = { generated: short(median(images)), real: short(median(real.images)) };
say(
  `diversity ${diversity.features.toFixed(3)}, nearest ${neighbours.generated} against ${neighbours.real} of real ones`,
);

const lossScope = device.root.child('held out');
const lossAt = await heldOutLoss(device, lossScope, weights, {
  rows: HELD_OUT.rows,
  channels,
  seed: seeds.loss,
});
const heldOut: { sigma: number; loss: number }[] = [];
for (const sigma of HELD_OUT.sigmas) heldOut.push({ sigma, loss: short(await lossAt(sigma)) });
lossScope.close();

/** The same number of evaluations for each; DDIM on EDM's process is Euler's method, so it has DDPM's. */
const rows: readonly [ProcessName, SamplerName, (nfe: number) => number, number][] = [
  ['edm', 'euler', (nfe) => nfe, 0],
  ['edm', 'heun', (nfe) => (nfe + 1) / 2, 0],
  ['edm', 'edm-stochastic', (nfe) => (nfe + 1) / 2, 10],
  ['edm', 'dpmpp-2m', (nfe) => nfe, 0],
  ['ddpm', 'ddim', (nfe) => nfe, 0],
  ['flow', 'euler', (nfe) => nfe, 0],
];
const chart: object[] = [];
const chartReal = realDigits(chartCount, new Random(seeds.real));
const chartFit = chartCount > 0 ? fit(await judge(chartReal.images)) : undefined;
for (const [process, sampler, stepsFor, churn] of chartFit ? rows : []) {
  for (const asked of [5, 9, 17, 35]) {
    const N = stepsFor(asked);
    const program = programOf(process, sampler, N, churn);
    const wanted = labelsFor(chartCount);
    const made = await judge(await generate(device, weights, program, wanted, seeds.noise));
    const point = {
      ...{ process, sampler, steps: N, nfe: evaluations(program) },
      ...{ frechet: short(frechet(chartFit!, fit(made))), recognised: short(share(made, wanted)) },
    };
    chart.push(point);
    say(JSON.stringify(point));
  }
}
const chartOther = await judge(realDigits(chartCount, new Random(seeds.other)).images);

const quality = {
  // Where the picture went is nobody else's matter.
  command: `npm run evaluate:unet -- --images ${count} --chart-images ${chartCount}`,
  startedAt: startedAt.toISOString(),
  commit: __TILEWISE_COMMIT__,
  adapter: device.caps.adapter,
  ...{ ...MAIN, images: count, seeds, judgeAccuracy: short(judgeAccuracy) },
  ...{ recognised: short(recognised), recognisedByDigit: byDigit },
  frechet: {
    generated: short(distance),
    real: short(realAgainstReal),
    ratio: short(distance / realAgainstReal),
  },
  diversity: { features: short(diversity.features), pixels: short(diversity.pixels) },
  nearestTrained: {
    ...neighbours,
    among: data.count,
    of: NEIGHBOURS.of,
    unit: 'median root mean square over the pixels',
  },
  heldOut: { seed: seeds.loss, rows: HELD_OUT.rows, levels: heldOut },
  ...(chartFit && {
    samplers: {
      images: chartCount,
      churn: 10,
      real: short(frechet(chartFit, fit(chartOther))),
      points: chart,
    },
  }),
};
await writeRecord(recordOf(options.weights), { ...record, quality });

if (options.picture) {
  const [across, down] = [CLASSES, 8];
  const pixels = new Uint8Array(across * down * WIDTH * 4).fill(255);
  for (let column = 0; column < across; column++) {
    const at = [...labels.keys()].filter((i) => labels[i] === column).slice(0, down);
    at.forEach((image, line) => {
      for (let c = 0; c < WIDTH; c++) {
        const [y, x] = [line * SIDE + Math.floor(c / SIDE), column * SIDE + (c % SIDE)];
        const value = Math.min(255, Math.max(0, 127.5 * (1 - images[image * WIDTH + c]!)));
        pixels.fill(value, 4 * (y * across * SIDE + x), 4 * (y * across * SIDE + x) + 3);
      }
    });
  }
  writeFileSync(
    options.picture,
    encode({ width: across * SIDE, height: down * SIDE, channels: 4, data: pixels }),
  );
}
scope.close();
device.close();
process.exit(0);
