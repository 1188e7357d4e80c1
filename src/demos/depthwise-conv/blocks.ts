/** Networks block by block: what each block is, at which size, and what it costs, read off the builders' descriptions. */
import {
  blocksOf,
  weightedOf,
  type Activation,
  type Block,
  type Layer,
  type Linear,
} from '@/models/vision/description';
import { totals, trace, type Size, type TracedLayer } from '@/models/vision/trace';
import { modelOf } from './networks';
import type { Params } from './params';

/** From plain separable convolutions to searched ones. */
export const lineage = [
  'mobilenet-v1',
  'mobilenet-v2',
  'mobilenet-v3-large',
  'shufflenet-v2-x1.0',
  'efficientnet-b0',
] as const satisfies readonly Params['network'][];

export interface BlockAbout {
  readonly block: Block;
  readonly input: Size;
  readonly output: Size;
  readonly activations: readonly (Activation | Linear['activation'])[];
  /** What comes in is added to what goes out, or stands beside it, or neither. */
  readonly shortcut: 'add' | 'concat' | undefined;
  readonly layers: readonly TracedLayer[];
  readonly parameters: number;
  readonly macs: number;
}

export interface NetworkAbout {
  readonly name: Params['network'];
  readonly blocks: readonly BlockAbout[];
  readonly parameters: number;
  readonly macs: number;
}

const CLASSES = 1000;
/** The same image for all. */
const PIXELS = 224;

export function aboutNetwork(name: Params['network']): NetworkAbout {
  const network = modelOf({ network: name }).build(CLASSES);
  const traced = trace(network, PIXELS);
  const all = blocksOf(network);
  const sizeBefore = (block: Block): Size => {
    const [h, w] = traced.find((layer) => layer.block === block)!.input;
    return [h, w, block.inputs];
  };
  const blocks = all.map((block, i): BlockAbout => {
    const layers = traced.filter((layer) => layer.block === block);
    const after = all[i + 1];
    const [h, w] = after ? sizeBefore(after) : [1, 1];
    return {
      ...{ block, layers, ...totals(layers) },
      ...{ input: sizeBefore(block), output: [h, w, block.outputs] },
      activations: activationsOf(block),
      shortcut: shortcutOf(block.layers),
    };
  });
  return { name, blocks, ...totals(traced) };
}

/** Of the convolutions; gates have their own. */
function activationsOf({ layers }: Block): BlockAbout['activations'] {
  const convolutions = weightedOf(layers).filter(({ kind }) => kind === 'conv');
  return [...new Set(convolutions.map(({ activation }) => activation))].filter((name) => name !== 'none');
}

function shortcutOf(layers: readonly Layer[]): BlockAbout['shortcut'] {
  for (const layer of layers)
    if (layer.kind === 'branches' && layer.branches.some((branch) => branch.length === 0)) return layer.join;
  return undefined;
}

/** The compared ones; the chosen one besides where it is none of them. */
export const comparedWith = (network: Params['network']): readonly Params['network'][] =>
  (lineage as readonly string[]).includes(network) ? lineage : [...lineage, network];

/** The chosen block, the last where the number is past it. */
export const chosen = ({ blocks }: NetworkAbout, at: number): BlockAbout =>
  blocks[Math.min(at, blocks.length - 1)]!;
