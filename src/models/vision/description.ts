/**
 * A network for images as data: stages of blocks of layers, with channels but without pixels, so that one description
 * gives parameters, multiply-adds, names in checkpoints, the graph that runs and the diagram that is drawn.
 */
export type Activation = 'none' | 'relu' | 'relu6' | 'hard-swish' | 'silu';

/** y [H', W', outputs] of x [H, W, inputs]. */
export interface Conv {
  readonly kind: 'conv';
  /** What it does in its block, where no other layer does the same: "expand", "depthwise", "project". */
  readonly role: string;
  readonly inputs: number;
  readonly outputs: number;
  readonly kernel: number;
  readonly stride: number;
  readonly groups: number;
  /** Zeros on every side; left out, as many as keep ⌈n / stride⌉ pixels, which a checkpoint's origin divides in its way. */
  readonly padding?: number;
  /** Batch norm takes the place of the bias. */
  readonly norm: boolean;
  readonly activation: Activation;
}

/** Of one pixel, with a bias. */
export interface Linear {
  readonly kind: 'linear';
  readonly role: string;
  readonly inputs: number;
  readonly outputs: number;
  readonly activation: Activation | 'sigmoid' | 'hard-sigmoid';
}

/** x times a gate for each channel: expand(reduce(mean of x over the pixels)) (Hu et al. 2018). */
export interface SqueezeExcite {
  readonly kind: 'squeeze-excite';
  readonly reduce: Linear;
  readonly expand: Linear;
}

export interface Pool {
  readonly kind: 'pool';
  readonly op: 'max' | 'average';
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
  /** A window that the border cuts counts as well. */
  readonly ceil: boolean;
}

/** The mean over all pixels. */
export interface GlobalPool {
  readonly kind: 'global-pool';
}

/** Channels, seen as [groups, C / groups], transposed (Zhang et al. 2018, Fig. 1). */
export interface Shuffle {
  readonly kind: 'shuffle';
  readonly groups: number;
}

/** Sequences side by side; an empty one hands on what it is given. */
export interface Branches {
  readonly kind: 'branches';
  /** Each branch sees the whole of x, or its own half of the channels. */
  readonly input: 'whole' | 'halves';
  readonly branches: readonly (readonly Layer[])[];
  readonly join: 'add' | 'concat';
  readonly activation: 'none' | 'relu';
}

export type Layer = Conv | Linear | SqueezeExcite | Pool | GlobalPool | Shuffle | Branches;
/** What has weights. */
export type Weighted = Conv | Linear;

export type BlockKind =
  | 'stem'
  | 'separable'
  | 'full'
  | 'inverted-residual'
  | 'fire'
  | 'inception'
  | 'shuffle-v1'
  | 'shuffle-v2'
  | 'pool'
  | 'head';

export interface Block {
  /** Unique in the network: "stem", "4.1" for the second block of stage 4, "head". */
  readonly name: string;
  readonly kind: BlockKind;
  readonly kernel: number;
  readonly stride: number;
  readonly inputs: number;
  readonly outputs: number;
  /** Channels inside over those that come in, where the block widens. */
  readonly expansion?: number;
  /** Channels of the squeeze, where there is one. */
  readonly squeezed?: number;
  readonly layers: readonly Layer[];
}

export interface Stage {
  readonly name: string;
  readonly blocks: readonly Block[];
}

/** Logits [classes] of an image [H, W, 3]. */
export interface Network {
  readonly stem: Block;
  readonly stages: readonly Stage[];
  readonly head: Block;
  readonly classes: number;
}

export const blocksOf = ({ stem, stages, head }: Network): Block[] => [
  stem,
  ...stages.flatMap(({ blocks }) => blocks),
  head,
];

/** In the order in which they run. */
export const weightedOf = (layers: readonly Layer[]): Weighted[] =>
  layers.flatMap((layer): Weighted[] => {
    if (layer.kind === 'conv' || layer.kind === 'linear') return [layer];
    if (layer.kind === 'squeeze-excite') return [layer.reduce, layer.expand];
    return layer.kind === 'branches' ? layer.branches.flatMap(weightedOf) : [];
  });
