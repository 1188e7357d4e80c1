/** The page's store as React reads it. */
import { createContext, use } from 'react';
import { useStore } from 'zustand';
import type { Page, PageState } from './page';

export const PageContext = createContext<Page | null>(null);

export function usePage(): Page {
  const page = use(PageContext);
  if (!page) throw new Error('usePage outside a demo page');
  return page;
}

export const usePageState = <T>(select: (state: PageState) => T): T => useStore(usePage().store, select);
