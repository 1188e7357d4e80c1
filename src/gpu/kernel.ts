/**
 * What a kernel is: an operation on named tensors with several variants, each a plan of dispatches.
 * Declarations are data and pure functions; nothing here needs a device.
 */
import type { Specs, TensorSpec, DType, HostTensors } from '@/lib/tensor';
import type { Text } from '@/lib/text';
import type { Random } from '@/lib/random';
import type { Capabilities } from './capabilities';

/** A WGSL source file; `uses` are prepended, each once, in order. */
export interface Shader {
  readonly file: string;
  readonly code: string;
  readonly uses?: readonly Shader[];
}

/**
 * A storage buffer as WGSL sees it. Floats get `load_<name>(i) -> f32|vec2f|vec4f` and, when writable,
 * `store_<name>(i, v)`, whatever the storage (f32; f16; f16 packed in u32 where the adapter has no f16, for
 * which `vec` must be 2 or 4 to write). Integers are bound as arrays of `i32`/`u32` (u8: four to a word).
 */
export interface Binding {
  readonly name: string;
  readonly access: 'read' | 'read_write';
  /** Elements per index, default 1. */
  readonly vec?: 1 | 2 | 4;
  /** The tensor or scratch buffer bound, default `name`. */
  readonly buffer?: string;
  /** Element type, default that of the tensor; scratch buffers default to f32. */
  readonly dtype?: DType;
  /** Of an integer: `array<atomic<…>>`. */
  readonly atomic?: boolean;
  /** Byte range, default the whole buffer; offsets are multiples of 256. */
  readonly offset?: number;
  readonly size?: number;
}

export type Scalar = { readonly u32: number } | { readonly i32: number } | { readonly f32: number };
export const u32 = (value: number): Scalar => ({ u32: value });
export const u32s = <K extends string>(values: Readonly<Record<K, number>>): Readonly<Record<K, Scalar>> =>
  Object.fromEntries(Object.entries<number>(values).map(([name, value]) => [name, u32(value)])) as Record<
    K,
    Scalar
  >;
export const i32 = (value: number): Scalar => ({ i32: value });
export const f32 = (value: number): Scalar => ({ f32: value });

/**
 * One dispatch. The generated header gives the shader its `constants`, `params.<name>`, the bindings and
 * `group_index(workgroup_id) -> u32` in [0, groups): the runtime splits long or wide dispatches, so a shader
 * must take its place from there and never from `workgroup_id` or `num_workgroups`.
 */
export interface Pass {
  readonly shader: Shader;
  /** Entry point, default `main`. */
  readonly entry?: string;
  /** `const NAME = …;` in WGSL: whole numbers become u32, booleans bool, `f32(x)` f32. */
  readonly constants?: Readonly<Record<string, number | boolean | Scalar>>;
  readonly params?: Readonly<Record<string, Scalar>>;
  readonly bindings: readonly Binding[];
  readonly groups: number;
  /** Predicted floating-point operations (or their like) of this dispatch: long ones are split by it. */
  readonly flops: number;
  readonly subgroups?: boolean;
  /** Float accessors count their calls: set by `traffic.ts`, which adds the binding that they count in. */
  readonly counted?: boolean;
}

export interface Plan {
  /** Scratch buffers in bytes: what `workspaceBytes` counts. */
  readonly scratch?: Readonly<Record<string, number>>;
  readonly passes: readonly Pass[];
}

/** One call of a kernel: its tensors and attributes, before any data. */
export interface Problem<A> {
  readonly inputs: Specs;
  readonly outputs: Specs;
  readonly attrs: A;
}

export interface Variant<A> {
  readonly title: Text;
  /** Why this variant cannot do this problem here, or nothing. That a binding is too large is found from the plan. */
  unsupported?(problem: Problem<A>, caps: Capabilities): Text | undefined;
  plan(problem: Problem<A>, caps: Capabilities): Plan;
}

export interface Argument {
  readonly dtypes: readonly DType[];
  readonly optional?: boolean;
  /** For people: "[B, H, S, D]". */
  readonly shape: string;
}

/** One attribute of an operation, as `--attrs` and sweeps see it. */
export type Attribute =
  | { readonly kind: 'boolean'; readonly default: boolean }
  | {
      readonly kind: 'number';
      readonly default: number | null;
      readonly integer?: boolean;
      readonly min?: number;
      readonly max?: number;
    }
  | { readonly kind: 'choice'; readonly default: string; readonly options: readonly string[] }
  /** One whole number or a list of them, as in `k` or `[kh, kw]`, or a word that stands for some. */
  | {
      readonly kind: 'numbers';
      readonly default: readonly number[] | null;
      readonly lengths: readonly number[];
      readonly min?: number;
      readonly words?: readonly string[];
    };

export interface Work {
  readonly flops: number;
  readonly bytes: number;
}

export interface Kernel<A = Record<string, unknown>> {
  /** The folder's name; `lab op` takes it with underscores. */
  readonly name: string;
  readonly title: Text;
  readonly inputs: Readonly<Record<string, Argument>>;
  /** An output with an input's name is that input changed in place: one buffer, of one spec, bound once. */
  readonly outputs: Readonly<Record<string, { readonly shape: string }>>;
  readonly attrs: Readonly<Record<keyof A & string, Attribute>>;
  /** Output specs; throws `LabError` (`input.shape`, `attr.value`) for what cannot be computed. */
  infer(inputs: Specs, attrs: A): Record<string, TensorSpec>;
  /** Independent units in which reference and baseline can work: every output splits evenly into so many. */
  rows(problem: Problem<A>): number;
  /** The necessary arithmetic and the compulsory traffic (each input read and output written once). */
  work(problem: Problem<A>): Work;
  readonly variants: Readonly<Record<string, Variant<A>>>;
  /** What runs before anything was tuned. */
  defaultVariant(problem: Problem<A>, caps: Capabilities): string;
}

/** For kernels without attributes. */
export type NoAttrs = Readonly<Record<string, never>>;

/** `reference.ts`: the rows asked for (ascending), in float64, each output's rows end to end. */
export type Reference<A> = (
  inputs: HostTensors,
  attrs: A,
  rows: readonly number[],
) => Readonly<Record<string, Float64Array>>;

/** `baseline.ts`: rows start…end of every output in float32 (or the integer type), tuned for one CPU core. */
export type Baseline<A> = (
  inputs: Readonly<Record<string, BaselineInput>>,
  attrs: A,
  rows: readonly [start: number, end: number],
) => Readonly<Record<string, Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>>>;

/** f16 and u8 inputs are widened once, before timing. */
export interface BaselineInput {
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array;
}

export interface Case<A> {
  readonly name: string;
  readonly attrs: A;
  inputs(random: Random): HostTensors;
  /** Largest ‖out−ref‖/‖ref‖, default 1e-5 (2e-3 for f16 storage); per output name where they differ. */
  readonly tolerance?: number | Readonly<Record<string, number>>;
  /** Why the tolerance is what it is, where it is not the default. */
  readonly why?: string;
}

/** `cases.ts`: named hostile cases, random ones, and shapes to time. */
export interface Cases<A> {
  readonly cases: readonly Case<A>[];
  random(random: Random): Case<A>;
  readonly timing: readonly Case<A>[];
}

export interface KernelRoom<A = Record<string, unknown>> {
  readonly kernel: Kernel<A>;
  readonly reference: Reference<A>;
  readonly baseline: Baseline<A>;
  readonly cases: Cases<A>;
}

/** Types a declaration without widening it. */
export const defineKernel = <A extends object>(kernel: Kernel<A>): Kernel<A> => kernel;
