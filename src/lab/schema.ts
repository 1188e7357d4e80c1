/**
 * Parameters of a demo. From these declarations alone come the control panel, the URL, validation, the
 * command-line options and sweeps. A parameter's key is its one name everywhere: `kv-heads` is `--kv-heads`.
 */
import type { Text } from '@/lib/text';

interface Common {
  readonly label: Text;
  readonly help?: Text;
  /** Controls with the same group stand together under that heading. */
  readonly group?: Text;
  /** Other parameters that moving this one on a page moves, so that it has its effect. */
  readonly with?: (params: Params) => Params;
  /** Where this is false, it changes nothing: a page leaves its control out. */
  readonly applies?: (params: Params) => boolean;
}

export interface RangeParam extends Common {
  readonly kind: 'range';
  readonly min: number;
  readonly max: number;
  readonly default: number;
  /** Default 1 where `integer`, else a hundredth of the span. */
  readonly step?: number;
  readonly integer?: boolean;
  readonly scale?: 'linear' | 'log';
  readonly unit?: string;
}
export interface ToggleParam extends Common {
  readonly kind: 'toggle';
  readonly default: boolean;
}
export interface ChoiceParam<K extends string = string> extends Common {
  readonly kind: 'choice';
  readonly options: Readonly<Record<K, Text>>;
  readonly default: NoInfer<K>;
}
/** A whole number in [0, 2³²). */
export interface SeedParam extends Common {
  readonly kind: 'seed';
  readonly default: number;
}
export interface FileParam extends Common {
  readonly kind: 'file';
  /** As in `<input accept>`. */
  readonly accept: string;
  /** A small one travels inside the link, in its fragment. */
  readonly payload?: boolean;
  /** For what is large and published, as checkpoints are: the page also loads it from an https address. */
  readonly remote?: boolean;
  readonly default: null;
}

export type Param = RangeParam | ToggleParam | ChoiceParam | SeedParam | FileParam;
export type Schema = Readonly<Record<string, Param>>;

/** A file by what identifies it; its bytes are in local storage under the hash. */
export interface FileRef {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

export type ValueOf<P extends Param> = P extends RangeParam | SeedParam
  ? number
  : P extends ToggleParam
    ? boolean
    : P extends ChoiceParam<infer K>
      ? K
      : FileRef | null;
export type ParamsOf<S extends Schema> = { readonly [K in keyof S]: ValueOf<S[K]> };
export type Value = number | boolean | string | FileRef | null;
export type Params = Readonly<Record<string, Value>>;

export const range = (p: Omit<RangeParam, 'kind'>): RangeParam => ({ kind: 'range', ...p });
export const toggle = (p: Omit<ToggleParam, 'kind'>): ToggleParam => ({ kind: 'toggle', ...p });
export const choice = <K extends string>(p: Omit<ChoiceParam<K>, 'kind'>): ChoiceParam<K> => ({
  kind: 'choice',
  ...p,
});
export const seed = (p: Partial<Omit<SeedParam, 'kind'>> = {}): SeedParam => ({
  kind: 'seed',
  label: { en: 'Seed', zh: '随机种子' },
  default: 1,
  ...p,
});
export const file = (p: Omit<FileParam, 'kind' | 'default'>): FileParam => ({
  kind: 'file',
  default: null,
  ...p,
});

export function defaultsOf<S extends Schema>(schema: S): ParamsOf<S> {
  return Object.fromEntries(Object.entries(schema).map(([name, p]) => [name, p.default])) as ParamsOf<S>;
}
