/** A running demo: what `run.ts` creates and the runner drives. No DOM. */
import type { Device } from '@/gpu/device';
import type { Scope } from '@/gpu/scope';
import type { Contest, Tuner } from '@/gpu/tuner';
import type { Pool } from '@/lib/pool';
import type { HostTensor } from '@/lib/tensor';
import type { Check, Measurement, Series } from './report';
import type { Params } from './schema';
import type { SeriesDecl } from './demo';

export interface Context {
  readonly device: Device;
  /** Owns every buffer of the session; the runner closes it. */
  readonly scope: Scope;
  /** CPU baselines and references, in workers. */
  readonly pool: Pool;
  readonly tuner: Tuner;
  /** Bytes of file parameters, by parameter name. */
  readonly files: Readonly<Record<string, Uint8Array<ArrayBuffer> | undefined>>;
  /** A file that comes with the site, by its path from the site's root: "weights/….safetensors". */
  readonly shipped: (path: string) => Promise<Uint8Array<ArrayBuffer>>;
}

export type Metrics = Readonly<Record<string, number>>;
/**
 * What of the picture is seen: (x, y) is the place of the middle, in [0, 1]² of the whole picture; zoom 1 shows all
 * of it. Width and height are the target's, in pixels.
 */
export type Camera = Readonly<{
  x: number;
  y: number;
  zoom: number;
  width: number;
  height: number;
  dark: boolean;
}>;

export interface MeasurePoint<P = Params> {
  /** Parameters at this point (a sweep's value already in place). */
  readonly params: P;
  /** Only these, or everything worth measuring at the current parameters. */
  readonly series?: readonly SeriesDecl[];
  /** A contender that would take longer than this per run is left out. */
  readonly budgetMs: number;
}

export interface Session<P = Params> {
  /** Applies moved parameters, or says that a new session is needed. */
  update(params: P, changed: readonly (keyof P & string)[]): 'live' | 'restart';
  /**
   * Advances the process by n steps (a demo without a process computes its result once). So that play waits for no
   * read-back, what a step of a process gives may still be under way; `step(0)` follows wherever it comes to rest,
   * and waits for all of it.
   */
  step(n: number, signal: AbortSignal): Promise<Metrics>;
  /** Of a process: no step changes anything any more, so that play ends. */
  readonly ended?: boolean;
  /** Times and weighs; buffers made for it are gone when it ends. */
  measure(point: MeasurePoint<P>, signal: AbortSignal): AsyncIterable<Measurement>;
  /** Holds the current result against the float64 reference, on sampled rows where the whole is too large. */
  verify(signal: AbortSignal): Promise<readonly Check[]>;
  /** What more can be said of the current result, but takes longer than a frame; asked after it was verified. */
  assess?(signal: AbortSignal): Promise<Metrics>;
  /** Times the variants that this adapter can run on the current inputs; the choice `auto` then means the winner. */
  tune?(signal: AbortSignal): Promise<Contest>;
  /** Paints the demo's main picture; Node can draw it too. */
  draw?(target: GPUTexture, camera: Camera): void;
  /** Tensors that `read` gives and `--out` writes. */
  readonly tensors: readonly string[];
  read(name: string, signal: AbortSignal): Promise<HostTensor>;
  series?(): readonly Series[];
  /** Raised by what neither parameters nor steps bring back, as weights from a file: a snapshot is then due at once. */
  readonly revision?: number;
  snapshot(): Promise<Uint8Array<ArrayBuffer>>;
  restore(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
}

/** What `run.ts` exports as `create`. */
export type Create<P, S extends Session<P> = Session<P>> = (
  ctx: Context,
  params: P,
  signal: AbortSignal,
) => Promise<S>;

/**
 * What `run.ts` may export as `needs`: bytes of every buffer that a session holds at once for its result, so that the
 * largest setting that fits can be offered. Throws the `LabError` that the session would throw.
 */
export type Needs<P> = (ctx: Pick<Context, 'device' | 'tuner'>, params: P) => Promise<readonly number[]>;

/**
 * What `run.ts` may export as `admit`: a file of the reader's own is held against what the session will make of it before
 * its parameter moves, so that a bad one leaves everything as it was. Throws the `LabError` that the session would throw.
 */
export type Admit = (param: string, bytes: Uint8Array<ArrayBuffer>, file: { name: string }) => Promise<void>;

/** What `run.ts` may export as `createCpu`: the same demo on its CPU baselines, for where there is no GPU. */
export type CpuContext = Pick<Context, 'pool' | 'files'>;
export type CreateCpu<P, S extends Session<P> = Session<P>> = (
  ctx: CpuContext,
  params: P,
  signal: AbortSignal,
) => Promise<S>;
