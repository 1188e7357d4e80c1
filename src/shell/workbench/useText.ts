/** The workbench's sentences in the reader's language. */
import { useCallback } from 'react';
import { fill, type Lang } from '@/lib/text';
import { useSettings } from '../settings';
import { strings } from './strings';

export type Say = (key: keyof typeof strings, values?: Readonly<Record<string, unknown>>) => string;

export const sayIn =
  (lang: Lang): Say =>
  (key, values = {}) =>
    fill(strings[key], values, lang);

export function useSay(): Say {
  const { lang } = useSettings();
  return useCallback((key, values) => sayIn(lang)(key, values), [lang]);
}
