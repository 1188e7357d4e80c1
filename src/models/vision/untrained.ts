/**
 * Weights that nobody trained, for what does not depend on them: latency, memory, what a network looks like inside. From a table of uniform numbers rather
 * than each drawn for itself, so that B7's 66 million take a moment; made one tensor after the other, so that they are
 * never all held here.
 */
import type { Weights } from './inference';
import { blocksOf, weightedOf, type Network, type Weighted } from './description';
import type { Folded } from './fold';
import { weightShape } from './names/names';
import { Random } from '@/lib/random';
import { sizeOf, tensor, type HostTensor } from '@/lib/tensor';

/** A prime, so that no two rows of a weight are alike. */
const TABLE = 65_521;
/** SiLU halves the variance about; what a residual adds up must not grow with the depth. */
const GAIN = 2;
const GAIN_OF_RESIDUALS = 0.3;
const BIAS = 0.1;

/** Of timm's conventions: symmetric padding, batch norms already in the weights. */
export function madeFor(network: Network, seed: number): Weights {
  return { network, origin: { padding: 'symmetric' }, weights: weightsOf(network, seed) };
}

/** The same without values: for what only asks how large everything is. */
export const unfilled = (network: Network): Weights => ({
  network,
  origin: { padding: 'symmetric' },
  weights: layersOf(network).map((layer) => {
    const empty = (shape: readonly number[]): HostTensor => ({
      dtype: 'f32',
      shape,
      data: new Float32Array(),
    });
    return [layer, { weight: empty(shapeOf(layer)), bias: empty([layer.outputs]) }];
  }),
});

const layersOf = (network: Network): Weighted[] =>
  blocksOf(network).flatMap(({ layers }) => weightedOf(layers));

/** Of linear layers too, as convolutions of one pixel. */
function shapeOf(layer: Weighted): readonly [number, number, number, number] {
  const [outputs, inputs, height = 1, width = 1] = weightShape(layer);
  return [outputs!, inputs!, height, width];
}

function* weightsOf(network: Network, seed: number): Generator<readonly [Weighted, Folded]> {
  const random = new Random(seed);
  const table = Float32Array.from({ length: TABLE }, () => 2 * random.uniform() - 1);
  const fill = (size: number, bound: number): Float32Array => {
    const values = new Float32Array(size);
    let at = Math.floor(TABLE * random.uniform());
    for (let i = 0; i < size; i++) {
      values[i] = bound * table[at]!;
      at = at + 1 === TABLE ? 0 : at + 1;
    }
    return values;
  };
  for (const layer of layersOf(network)) {
    const shape = shapeOf(layer);
    const [outputs, inputs, height, width] = shape;
    const gain = layer.role === 'project' ? GAIN_OF_RESIDUALS : GAIN;
    const bound = Math.sqrt((3 * gain) / (inputs * height * width));
    yield [
      layer,
      {
        weight: tensor('f32', shape, fill(sizeOf(shape), bound)),
        bias: tensor('f32', [outputs], fill(outputs, BIAS)),
      },
    ];
  }
}
