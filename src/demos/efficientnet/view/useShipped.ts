/** What the site ships beside its code for this page, fetched once and held against what it should look like. */
import * as z from 'zod/mini';
import { answerOf } from '@/lib/answer';
import { LabError } from '@/lib/errors';
import { shippedSigns } from '@/models/vision/models';
import { useFetched, type Asset, type Held } from '@/ui/useFetched';
import { gridSchema, type Grid } from '../grid';
import type { Shipped } from '../recognise';

const GRID = 'weights/efficientnet-grid.json';

const recordSchema = z.object({
  command: z.string(),
  seconds: z.number(),
  adapter: z.string(),
  network: z.object({
    width: z.number(),
    depth: z.number(),
    resolution: z.number(),
    parameters: z.number(),
  }),
  training: z.object({ steps: z.number(), batch: z.number(), seed: z.number() }),
  heldOut: z.object({ seed: z.number(), images: z.number(), accuracy: z.number() }),
});

export interface ShippedClassifier extends Shipped {
  readonly record: z.infer<typeof recordSchema>;
}

async function loadClassifier(asset: Asset): Promise<ShippedClassifier> {
  const file = shippedSigns.path;
  const beside = file.replace('.safetensors', '.json');
  const [weights, answer] = await Promise.all([answerOf(asset(file)), answerOf(asset(beside))]);
  const record = recordSchema.parse(await answer.json());
  const bytes = new Uint8Array(await weights.arrayBuffer());
  return { weights: bytes, file, resolution: record.network.resolution, record };
}

async function loadGrid(asset: Asset): Promise<Grid> {
  const answer = await fetch(asset(GRID));
  if (answer.ok) return gridSchema.parse(await answer.json());
  throw new LabError('usage', {
    what: {
      en: 'the grid has not been trained in this copy of the site; npm run train:grid trains it and writes its record',
      zh: '本站点副本尚未训练网格；运行 npm run train:grid 即可训练并写出记录',
    },
  });
}

const classifier: Held<ShippedClassifier> = {};
const grid: Held<Grid> = {};

export const useShipped = () => useFetched(loadClassifier, classifier);
export const useGrid = () => useFetched(loadGrid, grid);
