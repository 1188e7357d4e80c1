/** The shipped network's weights and the record of their training, fetched once for the page. */
import { useEffect, useState } from 'react';
import { answerOf } from '@/lib/answer';
import { useLab } from '@/ui/context';
import type { Weights } from '../digits';
import { recordSchema, type TrainingRecord } from '../record';

const PATH = 'weights/digits-unet';

interface Shipped extends Weights {
  readonly record: TrainingRecord;
}
let fetched: Promise<Shipped> | undefined;

async function load(asset: (path: string) => string): Promise<Shipped> {
  const file = `${PATH}.safetensors`;
  const [weights, record] = await Promise.all([answerOf(asset(file)), answerOf(asset(`${PATH}.json`))]);
  return {
    weights: new Uint8Array(await weights.arrayBuffer()),
    file,
    record: recordSchema.parse(await record.json()),
  };
}

export function useWeights(): { readonly weights: Shipped | undefined; readonly error: unknown } {
  const { asset } = useLab();
  const [weights, setWeights] = useState<Shipped>();
  const [error, setError] = useState<unknown>();
  useEffect(() => {
    let current = true;
    fetched ??= load(asset);
    fetched.then(
      (found) => {
        if (current) setWeights(found);
      },
      (thrown: unknown) => {
        // Asked for again when the tab is opened again.
        fetched = undefined;
        if (current) setError(thrown);
      },
    );
    return () => {
      current = false;
    };
  }, [asset]);
  return { weights, error };
}
