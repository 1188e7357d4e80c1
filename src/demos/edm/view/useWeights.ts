/** The shipped network's weights and the record of their training, fetched once for the page. */
import { answerOf } from '@/lib/answer';
import { useFetched, type Asset, type Held } from '@/ui/useFetched';
import type { Weights } from '../digits';
import { recordSchema, type TrainingRecord } from '../record';

const PATH = 'weights/digits-unet';

interface Shipped extends Weights {
  readonly record: TrainingRecord;
}

async function load(asset: Asset): Promise<Shipped> {
  const file = `${PATH}.safetensors`;
  const [weights, record] = await Promise.all([answerOf(asset(file)), answerOf(asset(`${PATH}.json`))]);
  return {
    weights: new Uint8Array(await weights.arrayBuffer()),
    file,
    record: recordSchema.parse(await record.json()),
  };
}

const held: Held<Shipped> = {};

export const useWeights = () => useFetched(load, held);
