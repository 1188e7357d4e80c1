/** What the site ships beside its code, fetched once for the page, as React state. */
import { useEffect, useState } from 'react';
import { useLab } from './context';

/** The address of a file below the site's root. */
export type Asset = (path: string) => string;

/** Outlives the pieces that show it. */
export interface Held<T> {
  made?: Promise<T> | undefined;
}

/** The value once it is there; after a failure it is asked for again when the piece is shown again. */
export function useFetched<T>(
  load: (asset: Asset) => Promise<T>,
  held: Held<T>,
): { readonly value: T | undefined; readonly error: unknown } {
  const { asset } = useLab();
  const [value, setValue] = useState<T>();
  const [error, setError] = useState<unknown>();
  useEffect(() => {
    let current = true;
    held.made ??= load(asset);
    held.made.then(
      (found) => {
        if (current) setValue(found);
      },
      (thrown: unknown) => {
        held.made = undefined;
        if (current) setError(thrown);
      },
    );
    return () => {
      current = false;
    };
  }, [asset, load, held]);
  return { value, error };
}
