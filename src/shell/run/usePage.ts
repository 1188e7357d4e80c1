/** The page's stores as React reads them. */
import { createContext, use } from 'react';
import { useStore } from 'zustand';
import type { Params } from '@/lab/schema';
import type { History } from './history';
import type { Page, PageState } from './page';

/** The side of a comparison that stands here; without one, the page. */
export const PageContext = createContext<Page | null>(null);
/** The second side: there, and idle, also while nothing is compared. */
export const OtherContext = createContext<Page | null>(null);

export function usePage(): Page {
  const page = use(PageContext);
  if (!page) throw new Error('usePage outside a demo page');
  return page;
}

export function useOther(): Page {
  const other = use(OtherContext);
  if (!other) throw new Error('useOther outside a demo page');
  return other;
}

export const usePageState = <T>(select: (state: PageState) => T): T => useStore(usePage().store, select);
export const useOtherState = <T>(select: (state: PageState) => T): T => useStore(useOther().store, select);

export const useTimeline = <T>(select: (history: History) => T): T =>
  useStore(usePage().timeline.store, select);
/** The parameters of this side. */
export function useParams(): Params {
  const { side } = usePage();
  return useTimeline(({ sides }) => (side === 'a' ? sides.a : (sides.b ?? sides.a)));
}
export const useComparing = (): boolean => useTimeline(({ sides }) => sides.b !== undefined);
