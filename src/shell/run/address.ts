/** The address of a page's state: written with a pause between (Safari throws after 100 writes in 30 s). */
import type { DemoDecl } from '@/lab/demo';
import { encode } from '@/lab/url';
import type { Sides } from './history';

const PAUSE_MS = 400;

/** Parameters of the page itself that an address keeps. */
const kept = ['lang', 'theme'] as const;

/** The query for these parameters, keeping what `search` says of language and theme. */
export function queryFor(demo: DemoDecl, { a, b }: Sides, search: string): string {
  const query = new URLSearchParams(encode(demo, a, b));
  const before = new URLSearchParams(search);
  for (const name of kept) {
    const value = before.get(name);
    if (value !== null) query.set(name, value);
  }
  return `?${query.toString()}`;
}

/** Calls `write` once things stand still; `flush` calls it now if it is due. */
export function debounce(write: () => void): { later(): void; flush(): void; cancel(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const cancel = (): void => {
    clearTimeout(timer);
    timer = undefined;
  };
  return {
    later() {
      cancel();
      timer = setTimeout(() => {
        timer = undefined;
        write();
      }, PAUSE_MS);
    },
    flush() {
      if (timer === undefined) return;
      cancel();
      write();
    },
    cancel,
  };
}

/** What of a query belongs to the demo: a change of language or theme moves no parameter. */
export function ownQuery(search: string): string {
  const query = new URLSearchParams(search);
  for (const name of kept) query.delete(name);
  return query.toString();
}
