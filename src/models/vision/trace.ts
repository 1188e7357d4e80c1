/** A description at the size of an image: what every layer reads and makes, its parameters and multiply-adds. */
import {
  blocksOf,
  type Block,
  type Branches,
  type Conv,
  type Layer,
  type Network,
  type Pool,
  type Weighted,
} from './description';

/** Pixels and channels. */
export type Size = readonly [height: number, width: number, channels: number];

export interface TracedLayer {
  readonly block: Block;
  readonly layer: Exclude<Layer, { readonly kind: 'branches' | 'squeeze-excite' }>;
  readonly input: Size;
  readonly output: Size;
  readonly parameters: number;
  /** Multiply-adds of one image: those of weights, as papers count. */
  readonly macs: number;
}

/** Numbers that a pixel of y is made by, biases left out. */
const taps = (layer: Weighted): number =>
  layer.kind === 'linear'
    ? layer.inputs * layer.outputs
    : layer.outputs * (layer.inputs / layer.groups) * layer.kernel ** 2;

/** Trained numbers: weights, and a bias or a batch norm's γ and β for each channel. */
export const parametersOf = (layer: Weighted): number =>
  taps(layer) + (layer.kind === 'conv' && layer.norm ? 2 : 1) * layer.outputs;

/** Pixels of a side after a window, and zeros on the far side that a cut window needs besides. */
export function windowed(n: number, layer: Conv | Pool): { readonly out: number; readonly beyond: number } {
  const { kernel, stride, padding } = layer;
  if (padding === undefined) return { out: Math.ceil(n / stride), beyond: 0 };
  const free = n + 2 * padding - kernel;
  if (layer.kind === 'conv' || !layer.ceil) return { out: Math.floor(free / stride) + 1, beyond: 0 };
  let out = Math.ceil(free / stride) + 1;
  // A window that would see nothing but zeros is none.
  if ((out - 1) * stride >= n + padding) out--;
  return { out, beyond: Math.max(0, (out - 1) * stride - free) };
}

export const trace = (network: Network, height: number, width = height): TracedLayer[] =>
  traceBlocks(blocksOf(network), [height, width, 3]);

/** The same of blocks alone, one after the other. */
export function traceBlocks(blocks: readonly Block[], from: Size): TracedLayer[] {
  const traced: TracedLayer[] = [];
  const run = (block: Block, layers: readonly Layer[], from: Size): Size =>
    layers.reduce((input, layer) => step(block, layer, input), from);
  const add = (block: Block, layer: TracedLayer['layer'], input: Size, output: Size): Size => {
    const weighted = layer.kind === 'conv' || layer.kind === 'linear' ? layer : undefined;
    const parameters = weighted ? parametersOf(weighted) : 0;
    const macs = weighted ? taps(weighted) * output[0] * output[1] : 0;
    traced.push({ block, layer, input, output, parameters, macs });
    return output;
  };
  const step = (block: Block, layer: Layer, input: Size): Size => {
    const [h, w, c] = input;
    switch (layer.kind) {
      case 'conv':
        return add(block, layer, input, [windowed(h, layer).out, windowed(w, layer).out, layer.outputs]);
      case 'pool':
        return add(block, layer, input, [windowed(h, layer).out, windowed(w, layer).out, c]);
      case 'linear':
        return add(block, layer, input, [1, 1, layer.outputs]);
      case 'global-pool':
        return add(block, layer, input, [1, 1, c]);
      case 'shuffle':
        return add(block, layer, input, input);
      case 'squeeze-excite':
        run(block, [layer.reduce, layer.expand], [1, 1, c]);
        return input;
      case 'branches':
        return joined(
          layer,
          layer.branches.map((branch) =>
            run(block, branch, layer.input === 'halves' ? [h, w, c / 2] : input),
          ),
        );
    }
  };
  blocks.reduce((size, block) => run(block, block.layers, size), from);
  return traced;
}

const joined = ({ join }: Branches, sizes: readonly Size[]): Size => {
  const [h, w, c] = sizes[0]!;
  return [h, w, join === 'add' ? c : sizes.reduce((sum, size) => sum + size[2], 0)];
};

/** Sums over layers: of a network, a stage or a block. */
export const totals = (layers: readonly TracedLayer[]): { parameters: number; macs: number } => ({
  parameters: layers.reduce((sum, { parameters }) => sum + parameters, 0),
  macs: layers.reduce((sum, { macs }) => sum + macs, 0),
});
