/** The declaration of a demo: pure data, loaded eagerly, so it imports nothing but `lab`. */
import type { Text } from '@/lib/text';
import type { Params, ParamsOf, Schema } from './schema';

/** Roles have one colour on the whole site. */
export type SeriesRole = 'naive' | 'fused' | 'alternative' | 'cpu' | 'cpu-all' | 'wasm' | 'predicted';

export interface MetricDecl {
  readonly label: Text;
  readonly unit?: string;
}

/** Which measurements a line of a chart is made of. */
export interface SeriesDecl {
  readonly role: SeriesRole;
  readonly label: Text;
  /** `Measurement.name`, and where given its variant, device and dtype. */
  readonly name: string;
  readonly variant?: string;
  readonly device?: 'gpu' | 'cpu';
  readonly dtype?: string;
}

export interface ChartDecl {
  readonly id: string;
  /** Says what is compared. */
  readonly title: Text;
  readonly x: {
    readonly param: string;
    readonly values: readonly number[];
    readonly label: Text;
    readonly scale: 'linear' | 'log';
  };
  readonly y: {
    /** `perSecond`: how often in a second what `timeMs` times could run. */
    readonly field: 'timeMs' | 'perSecond' | 'gflops' | 'gbps' | 'peakBytes' | 'workspaceBytes';
    readonly label: Text;
    readonly scale: 'linear' | 'log';
  };
  readonly series: readonly SeriesDecl[];
  /** Parameters held at these values while sweeping. */
  readonly hold?: Params;
}

export interface PresetDecl<S extends Schema> {
  readonly id: string;
  readonly title: Text;
  /** What to look for. */
  readonly note: Text;
  readonly params: Partial<ParamsOf<S>>;
}

/** A rule between parameters: which one gives way, to what, and what is allowed. */
export interface Correction {
  readonly param: string;
  readonly value: number | boolean | string;
  readonly allowed: Text;
}

export interface DemoDecl<S extends Schema = Schema> {
  /** The folder's name and the page's address. */
  readonly slug: string;
  /** Raised when links change meaning; `migrate` reads older ones. */
  readonly version: number;
  readonly title: Text;
  /** One sentence for the gallery and the page's description. */
  readonly summary: Text;
  readonly papers: readonly {
    readonly title: string;
    readonly authors: string;
    readonly year: number;
    readonly url: string;
  }[];
  readonly params: S;
  /** The parameter that makes the problem smaller, where one does so at these values. */
  size?(params: ParamsOf<S>): (keyof S & string) | undefined;
  readonly rules?: readonly ((params: ParamsOf<S>) => Correction | undefined)[];
  /** Raw query values of an older link, by version, to today's names and values. */
  migrate?(query: Record<string, string>, from: number): Record<string, string>;
  /**
   * It advances step by step and can be played; otherwise one step computes the result. With `steps`, the parameter
   * that says after how many it is done: play ends there, and a run on the command line makes that many.
   */
  readonly process?: boolean | { readonly steps: keyof S & string };
  readonly metrics: Readonly<Record<string, MetricDecl>>;
  readonly charts: readonly ChartDecl[];
  readonly presets: readonly PresetDecl<S>[];
  /** What the smoke test runs and expects: bounds on metrics, and names that must have been measured. */
  readonly smoke: {
    readonly params: Partial<ParamsOf<S>>;
    readonly metrics?: Readonly<Record<string, readonly [low: number, high: number]>>;
    readonly measurements: readonly string[];
  };
}

/** Steps after which a process is done. */
export function lengthOf({ process }: Pick<DemoDecl, 'process'>, params: Params): number {
  return typeof process === 'object' ? Number(params[process.steps]) : Infinity;
}

export const defineDemo = <S extends Schema>(demo: DemoDecl<S>): DemoDecl<S> => demo;
/** The parameters of a demo: `type P = DemoParams<typeof demo>`. */
export type DemoParams<D> = D extends DemoDecl<infer S> ? ParamsOf<S> : never;
