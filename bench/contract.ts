/** What the bench compares: an op is one file in ops/, a peer one file in peers/; both are found by glob. */
import type { Device } from '@/gpu/device';
import type { Random } from '@/lib/random';
import type { HostTensors } from '@/lib/tensor';
import type { Summary } from '@/lib/stats';
import type { JaxExpression } from './peers/jax';
import type { OnnxExpression } from './peers/onnxruntime';
import type { TensorflowExpression } from './peers/tensorflow';

/** One computation, the same for every contender. */
export interface Task {
  /** `op` of the row: "attention.causal". The part before the dot is the op's file name. */
  readonly op: string;
  readonly shape: Readonly<Record<string, number>>;
  /** Attributes of our kernel, which also tell the peers what to do. */
  readonly attrs: Readonly<Record<string, unknown>>;
  inputs(random: Random): HostTensors;
}

/** How each peer says it: every expression is checked and timed, the fastest correct one counts. */
export interface PeerExpressions {
  readonly onnxruntime: OnnxExpression;
  readonly tensorflow: TensorflowExpression;
  readonly jax: JaxExpression;
}
export type PeerKey = keyof PeerExpressions;

/** `ops/<op>.ts` exports `op`. */
export type Op = (OfKernel | OfProgram) & {
  readonly tasks: readonly Task[];
  readonly peers: { readonly [K in PeerKey]?: readonly PeerExpressions[K][] };
};

export interface OfKernel {
  /** Our kernel, by its folder, and the one output that is compared. */
  readonly kernel: string;
  readonly output: string;
}

/** Many kernels together, which have no reference of their own. */
export interface OfProgram {
  readonly open: (device: Device, inputs: HostTensors, task: Task) => Promise<Contender>;
  /** In double precision, what every contender reads. */
  readonly reference: (inputs: HostTensors, task: Task) => Promise<Float64Array>;
  readonly tolerance: number;
}

export interface Expression {
  /** Follows the peer's name in the row: "MultiHeadAttention". */
  readonly name: string;
  /** What a reader of the row should know: why it is said like this. */
  readonly note?: string;
  /** The inputs in the layout that this expression takes; not timed, for it is free to choose. */
  readonly arrange?: (inputs: HostTensors, task: Task) => HostTensors;
  /** Its result in the layout of our own output. */
  readonly restore?: (values: Values, task: Task) => Values;
}

export type Values = Float32Array | Float64Array | Int32Array | Uint32Array | Uint8Array;

/** One contender's computation, inputs already on its device. */
export interface Contender {
  readonly device: GPUDevice;
  /** Submits one call and waits once, until the GPU has done it; the result stays on the GPU. */
  call(): Promise<void>;
  /** The result of one more call; of a call that changes state, what it computed from the first one. */
  read(): Promise<Values>;
  close(): void;
}

/** Who takes part in a task: a variant of ours, or a peer's expression. */
export interface Entrant {
  readonly name: string;
  readonly version: string;
  /** A library that we are compared with. */
  readonly peer: boolean;
  readonly note: string;
  readonly open: () => Promise<Contender>;
}

/** A peer's library, ready to compute. */
export interface Library<E> {
  prepare(expression: E, task: Task, inputs: HostTensors): Promise<Contender>;
}

/** `peers/<key>.ts` exports `peer`. Each peer has devices of its own. */
export interface Peer<E> {
  readonly name: string;
  /** npm package, whose version the row shows. */
  readonly package: string;
  open(): Promise<Library<E>>;
}

/** One line of the result. */
export interface Row {
  readonly op: string;
  readonly shape: Readonly<Record<string, number>>;
  readonly dtype: string;
  readonly contender: string;
  readonly version: string;
  readonly correct: boolean;
  /** ‖out − ref‖₂ / ‖ref‖₂ against float64; null where there was no result. */
  readonly relError: number | null;
  /** Null where the result was wrong: only correct contenders are timed. */
  readonly timeMs: Summary | null;
  /** The fastest correct peer's median divided by this median: above 1 is faster than every peer. */
  readonly ratio: number | null;
  readonly note: string;
}
