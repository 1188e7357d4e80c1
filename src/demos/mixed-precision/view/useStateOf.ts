/** State of the view that belongs to one session: with another it begins anew, as what it shows would be stale. */
import { useState } from 'react';

export function useStateOf<T>(
  session: object | null,
  initial: T,
): readonly [T, (next: (old: T) => T) => void] {
  const [held, setHeld] = useState({ session, value: initial });
  const valueIn = (state: typeof held): T => (state.session === session ? state.value : initial);
  return [valueIn(held), (next) => setHeld((old) => ({ session, value: next(valueIn(old)) }))];
}
