/**
 * Holds articles against their demo while building: every `<Try set={{…}}>` must be possible by the demo's schema
 * and rules, and both languages carry headings of the same levels and the same tries, in the same order.
 */
import { readFile } from 'node:fs/promises';
import vm from 'node:vm';
import { type Plugin, runnerImport } from 'vite';
import { resolve, root } from './vite-shared.ts';

export type Tries = readonly Readonly<Record<string, unknown>>[];

/** Headings' levels and tries of an article's text, code blocks left out. */
export function outline(text: string): { levels: number[]; tries: Tries } {
  const prose = text.replace(/^(`{3,})[^]*?^\1/gm, '');
  return {
    levels: [...prose.matchAll(/^(#+) /gm)].map(([, marks = '']) => marks.length),
    tries: [...prose.matchAll(/<Try\s+set=\{(\{[^}]*\})\}/g)].map(
      ([, literal = '']) => vm.runInNewContext(`(${literal})`) as Tries[number],
    ),
  };
}

/** What differs between an article and its translation, or nothing. */
export function difference(one: string, other: string): string | undefined {
  const [a, b] = [outline(one), outline(other)];
  if (a.levels.join() !== b.levels.join()) {
    return `headings of levels ${a.levels.join(' ')} here and ${b.levels.join(' ')} in the other language`;
  }
  const [here, there] = [a.tries, b.tries].map((tries) => tries.map((t) => JSON.stringify(t)).join(' '));
  return here === there ? undefined : `tries ${here ?? ''} here and ${there ?? ''} in the other language`;
}

export function articles(): Plugin {
  const load = async <T>(file: string): Promise<T> =>
    (await runnerImport<T>(file, { configFile: false, root, resolve, logLevel: 'warn' })).module;
  return {
    name: 'tilewise-articles',
    enforce: 'pre',
    async transform(text, id) {
      const [, folder, lang] = /^(.*\/src\/demos\/[^/]+)\/article\.(en|zh)\.mdx$/.exec(id) ?? [];
      if (!folder || !lang) return;
      const other = await readFile(`${folder}/article.${lang === 'en' ? 'zh' : 'en'}.mdx`, 'utf8');
      const differs = difference(text, other);
      if (differs) this.error(`${id}: ${differs}`);
      const [{ demo }, { strict }] = await Promise.all([
        load<{ demo: unknown }>(`${folder}/demo.ts`),
        load<{ strict: (demo: unknown, raw: Record<string, string>) => unknown }>(
          `${root}src/lab/validate.ts`,
        ),
      ]);
      for (const set of outline(text).tries) {
        try {
          strict(demo, Object.fromEntries(Object.entries(set).map(([name, value]) => [name, String(value)])));
        } catch (error) {
          this.error(
            `${id}: <Try set={${JSON.stringify(set)}}>: ${error instanceof Error ? error.message : ''}`,
          );
        }
      }
    },
  };
}
