/** Options of `run` and `sweep`: the demo's own parameters by name, beside the command's. */
import type { DemoDecl } from '@/lab/demo';
import { fileRef, formatFileRef } from '@/lab/fileRef';
import type { Params } from '@/lab/schema';
import { strict, type Raw } from '@/lab/validate';
import { demos } from '@/demos';
import { isOptionWord, parseWords, usage, type OptionKind } from './args';
import { readBytes } from './files';

export interface DemoWords {
  readonly demo: DemoDecl;
  /** The command's own options. */
  readonly own: ReadonlyMap<string, string>;
  /** The demo's parameters, as written; files by path. */
  readonly raw: Raw;
}

export interface Input {
  readonly params: Params;
  /** Bytes of file parameters. */
  readonly files: Readonly<Record<string, Uint8Array<ArrayBuffer>>>;
}

export function parseDemoWords(
  command: string,
  argv: readonly string[],
  kinds: Readonly<Record<string, OptionKind>>,
): DemoWords {
  const demo = demoNamed(
    command,
    argv.find((word) => !isOptionWord(word)),
  );
  const kindOf = (name: string): OptionKind | undefined => {
    if (Object.hasOwn(kinds, name)) return kinds[name];
    if (!Object.hasOwn(demo.params, name)) return undefined;
    return demo.params[name]!.kind === 'toggle' ? 'toggle' : 'value';
  };
  const allowed = [...Object.keys(demo.params), ...Object.keys(kinds)].map((name) => `--${name}`).join(', ');
  const { positionals, options } = parseWords(argv, kindOf, (name) =>
    usage(`${demo.slug} has no parameter --${name}; allowed: ${allowed}`),
  );
  const [first, extra] = positionals;
  if (first !== demo.slug) throw usage(`the demo's name comes first: lab ${command} ${demo.slug} …`);
  if (extra !== undefined) throw usage(`lab ${command} does not know what to do with "${extra}"`);
  const isOwn = ([name]: [string, string]): boolean => Object.hasOwn(kinds, name);
  return {
    demo,
    own: new Map([...options].filter(isOwn)),
    raw: Object.fromEntries([...options].filter((entry) => !isOwn(entry))),
  };
}

function demoNamed(command: string, slug: string | undefined): DemoDecl {
  const known = demos.map((demo) => demo.slug).join(', ');
  if (slug === undefined) throw usage(`lab ${command} needs a demo; there are: ${known}`);
  const demo = demos.find((found) => found.slug === slug);
  if (!demo) throw usage(`there is no demo "${slug}"; there are: ${known}`);
  return demo;
}

/** Parameters held against the declaration, with the bytes of the files that they name. */
export async function readInput(demo: DemoDecl, raw: Raw): Promise<Input> {
  const read = await readFiles(demo, raw);
  return { params: strict(demo, { ...raw, ...read.raw }), files: read.files };
}

/** File parameters are paths here: each becomes its name, size and hash, as in a link. */
export async function readFiles(demo: DemoDecl, raw: Raw): Promise<{ raw: Raw; files: Input['files'] }> {
  const paths = Object.entries(raw).filter(([name]) => demo.params[name]?.kind === 'file');
  const found = await Promise.all(
    paths.map(async ([name, path]) => {
      const bytes = await readBytes(path);
      return { name, bytes, ref: await fileRef(path.split(/[\\/]/).at(-1) || path, bytes) };
    }),
  );
  return {
    raw: Object.fromEntries(found.map(({ name, ref }) => [name, formatFileRef(ref)])),
    files: Object.fromEntries(found.map(({ name, bytes }) => [name, bytes])),
  };
}
