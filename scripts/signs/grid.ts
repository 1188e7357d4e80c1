/**
 * Trains small EfficientNets over width, depth and resolution on the same images and in the same way, and writes what
 * each reaches on held-out ones. A point that the file has already is not trained again, so it goes on where it stopped.
 */
import { existsSync } from 'node:fs';
import { nodeHost, openDevice } from '@/cli/nodeGpu';
import { pathsOf, type GridPoint } from '@/demos/efficientnet/grid';
import { CLASSES } from '@/methods/signs/signs';
import { scaled } from '@/models/vision/efficientnet';
import { totals, trace } from '@/models/vision/trace';
import { readRecord, writeRecord } from '../record';
import { HELD_OUT_SEED, heldOutOf } from './heldOut';
import { learnSigns, rounded } from './learn';
import { numberOptions } from './options';

const usage = `npm run train:grid -- [options]
  --steps <n>     training steps of every point (default 600)
  --batch <n>     images a step (default 32)
  --rate <x>      Adam's at its peak (default 0.004)
  --seed <n>      of the weights and the images (default 1)
  --strength <x>  how hard the images become, up to 1 (default 0.5: there, few steps tell networks apart)
  --out <file>    default public/weights/efficientnet-grid.json`;
const { numbers, file: out = 'public/weights/efficientnet-grid.json' } = numberOptions(
  { steps: 600, batch: 32, rate: 0.004, seed: 1, strength: 0.5 },
  usage,
);

const widths = [0.25, 0.35, 0.5];
const depths = [0.3, 0.6, 1];
const resolutions = [32, 48, 64];
const IMAGES = 2048;

type Wanted = Omit<GridPoint, 'accuracy' | 'loss' | 'seconds'>;

const every = widths.flatMap((width) =>
  depths.flatMap((depth) =>
    resolutions.map((resolution): Wanted => {
      const { parameters, macs } = totals(trace(scaled(width, depth, CLASSES), resolution));
      return { width, depth, resolution, parameters, macs };
    }),
  ),
);
const drawn = new Set(Object.values(pathsOf(every)).flat());
// First what the page draws as lines, then the rest, each from the cheapest on: what is broken shows early.
const wanted = every.toSorted((a, b) => Number(drawn.has(b)) - Number(drawn.has(a)) || a.macs - b.macs);

const device = await openDevice();
const before = existsSync(out) ? (readRecord(out) as { training: unknown; points: GridPoint[] }) : undefined;
if (before && JSON.stringify(before.training) !== JSON.stringify(numbers)) {
  console.error(`${out} was trained otherwise (${JSON.stringify(before.training)}): name another --out`);
  process.exit(2);
}
const points: GridPoint[] = [...(before?.points ?? [])];

for (const at of wanted) {
  const { width, depth, resolution } = at;
  if (points.some((p) => p.width === width && p.depth === depth && p.resolution === resolution)) continue;
  const startedAt = Date.now();
  const { bytes, curve } = await learnSigns(device, { ...numbers, ...at }, (text) => {
    console.error(text);
  });
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  const { accuracy } = await heldOutOf(device, bytes, { ...numbers, ...at }, IMAGES);
  points.push({ ...at, accuracy: rounded(accuracy), loss: curve.at(-1)!.loss, seconds });
  console.error(`${points.length} of ${wanted.length}: ${JSON.stringify(points.at(-1))}`);
  await writeRecord(out, {
    command: `npm run train:grid -- ${process.argv.slice(2).join(' ')}`
      .replace(/ --out[ =]\S+/, '')
      .trimEnd()
      .replace(/ --$/, ''),
    ...{ commit: __TILEWISE_COMMIT__, runtime: nodeHost().runtime },
    ...{ adapter: device.caps.adapter, adapterKind: device.caps.adapterKind },
    data: { classes: CLASSES, heldOutSeed: HELD_OUT_SEED, heldOutImages: IMAGES },
    training: numbers,
    points,
  });
}
device.close();
process.exit(0);
