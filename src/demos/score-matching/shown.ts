/** What the view needs of a session, on a GPU or without one. */
import type { Camera, Session } from '@/lab/session';
import type { HostTensor } from '@/lib/tensor';
import type { Drawing } from '@/methods/diffusion/drawing';
import type { Step } from '@/methods/diffusion/samplers';
import type { Counted, Mode } from '@/methods/score/modes';
import type { Kind } from './config';
import type { Learning } from './learning';
import type { Params } from './params';

export interface ShownRun {
  readonly program: readonly Step[];
  readonly particles: number;
  /** The first chains in every frame, [frames, traced, 2]. */
  readonly trace: HostTensor;
  /** Of every frame. */
  readonly counts: readonly Counted[];
}

export interface ShownBoth {
  /** Half of the side of the square that is seen. */
  readonly half: number;
  readonly runs: Readonly<Record<Kind, ShownRun>>;
}

export interface Shown extends Session<Params> {
  /** Raised whenever there is something new to show; `subscribe` tells. */
  readonly version: number;
  subscribe(listener: () => void): () => void;
  readonly modes: readonly Mode[];
  /** None without a GPU. */
  readonly learning?: Learning;
  /** What was computed last, and whether it is of the parameters and weights of now. */
  readonly shown: ShownBoth | undefined;
  readonly fresh: boolean;
  /** How much of both runs is done, while they run. */
  readonly share: number | undefined;
  ensureChains(signal: AbortSignal): Promise<ShownBoth>;
  /** What the reader drew, where that is the distribution. */
  readonly drawing: Drawing | undefined;
  drawFrame?(target: GPUTexture, camera: Camera, kind: Kind, frame: number): void;
  drawField?(target: GPUTexture, camera: Camera): void;
}

/** The error that has the last colour: the learned score is as far off as the exact one is large. */
export const MOST_ERROR = 1;
