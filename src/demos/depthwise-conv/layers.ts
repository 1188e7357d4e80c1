/** The layers of a network's graph by name and size, to choose one whose feature maps are looked at. */
import { blocksOf, type Block } from '@/models/vision/description';
import type { Described } from '@/models/vision/graph';
import { nothing, type Node, type Tensor } from '@/tensor/graph';

export interface LayerAbout {
  /** "3.1 depthwise": the block, and what the layer does in it. */
  readonly name: string;
  readonly block: Block;
  readonly node: Node;
  /** [1, H, W, C]. */
  readonly output: Tensor;
}

/** A convolution is called by its role, anything else by its kernel. */
const roleOf = ({ kernel, inputs }: Node): string => inputs.w?.label.replace(/\.weight$/, '') ?? kernel.name;

/** Every kernel's output that is an image still. */
export const layersOf = (network: Parameters<typeof blocksOf>[0], { nodes }: Described): LayerAbout[] =>
  blocksOf(network).flatMap((block) =>
    (nodes.get(block) ?? []).flatMap((node): LayerAbout[] => {
      const output = Object.values(node.outputs)[0]!;
      if (node.kernel === nothing || output.shape.length !== 4 || output.shape[1]! < 2) return [];
      // A stem has no name besides its role.
      const name = [...new Set([block.name, roleOf(node)])].join(' ');
      return [{ name, block, node, output }];
    }),
  );
