/** The shipped network's weights, fetched once for the page. */
import { useEffect, useState } from 'react';
import { LabError } from '@/lib/errors';
import { useLab } from '@/ui/context';
import type { Weights } from '../digits';

const PATH = 'weights/digits-unet.safetensors';
let fetched: Promise<Weights> | undefined;

async function load(address: string): Promise<Weights> {
  const answer = await fetch(address);
  if (!answer.ok) {
    throw new LabError('usage', {
      what: {
        en: `the network’s weights could not be loaded: ${answer.status} ${answer.statusText}`,
        zh: `无法加载网络权重：${answer.status} ${answer.statusText}`,
      },
    });
  }
  return { weights: new Uint8Array(await answer.arrayBuffer()), file: PATH };
}

export function useWeights(): { readonly weights: Weights | undefined; readonly error: unknown } {
  const { asset } = useLab();
  const [weights, setWeights] = useState<Weights>();
  const [error, setError] = useState<unknown>();
  useEffect(() => {
    let current = true;
    fetched ??= load(asset(PATH));
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
