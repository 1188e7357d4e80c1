/** timm's names: EfficientNet, MobileNet V1 to V3 (timm/models/_efficientnet_blocks.py, efficientnet.py, mobilenetv3.py). */
import { weightedOf, type Block, type Network, type Weighted } from '../description';
import type { Origin, Place, Places } from './names';

/** A block without expansion calls its projection what others call their expansion. */
const separable: Readonly<Record<string, Place>> = {
  depthwise: { layer: 'conv_dw', norm: 'bn1' },
  reduce: { layer: 'se.conv_reduce' },
  gate: { layer: 'se.conv_expand' },
  project: { layer: 'conv_pw', norm: 'bn2' },
};
const inverted: Readonly<Record<string, Place>> = {
  expand: { layer: 'conv_pw', norm: 'bn1' },
  depthwise: { layer: 'conv_dw', norm: 'bn2' },
  reduce: { layer: 'se.conv_reduce' },
  gate: { layer: 'se.conv_expand' },
  project: { layer: 'conv_pwl', norm: 'bn3' },
};

function ofBlock({ layers, name }: Block): [Weighted, Place][] {
  const weighted = weightedOf(layers);
  const roles = weighted.some(({ role }) => role === 'expand') ? inverted : separable;
  return weighted.map((layer) => {
    const { layer: own, norm } = roles[layer.role]!;
    const prefix = `blocks.${name}`;
    return [layer, { layer: `${prefix}.${own}`, ...(norm !== undefined && { norm: `${prefix}.${norm}` }) }];
  });
}

function ofHead(layer: Weighted, before: string, late: boolean): Place {
  if (layer.role === 'classifier') return { layer: 'classifier' };
  if (layer.role === 'hidden') return { layer: 'conv_head' };
  // Where a layer follows the mean, the convolution before it counts as a last stage.
  return late ? { layer: `${before}.conv`, norm: `${before}.bn1` } : { layer: 'conv_head', norm: 'bn2' };
}

function places({ stem, stages, head }: Network): Places {
  const last = weightedOf(head.layers);
  const late = last.some(({ role }) => role === 'hidden');
  return new Map([
    ...weightedOf(stem.layers).map((layer): [Weighted, Place] => [
      layer,
      { layer: 'conv_stem', norm: 'bn1' },
    ]),
    ...stages.flatMap(({ blocks }) => blocks.flatMap(ofBlock)),
    ...last.map((layer): [Weighted, Place] => [layer, ofHead(layer, `blocks.${stages.length}.0`, late)]),
  ]);
}

/** Trained in PyTorch. */
export const timm: Origin = { name: 'timm', eps: 1e-5, padding: 'symmetric', places };
/** Weights ported from TensorFlow, which timm calls tf_…. */
export const timmTensorflow: Origin = { name: 'timm', eps: 1e-3, padding: 'same', places };
