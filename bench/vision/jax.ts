/** A network of vision by jax-js, jitted as a whole: NCHW. */
import type { Weighted } from '@/models/vision/description';
import type { JaxExpression } from '../peers/jax';
import { channelsFirst, channelsLast, layersOf, netOf, run, windowOf } from './nets';

export const jax: JaxExpression = {
  name: 'lax.convGeneralDilated',
  note: 'NCHW, the whole network in one jitted function',
  arrange: channelsFirst,
  restore: channelsLast,
  run(jax, arrays, task) {
    type Value = (typeof arrays)[string];
    const weighted = (x: Value, layer: Weighted, i: number): Value => {
      const { stride, groups, padding } = windowOf(layer);
      const zeros: [number, number] = [padding, padding];
      const taps = arrays[`w${i}`]!;
      const summed = jax.lax.convGeneralDilated(x, taps, [stride, stride], [zeros, zeros], {
        featureGroupCount: groups,
      });
      const y = summed.add(arrays[`b${i}`]!.reshape([1, layer.outputs, 1, 1]));
      switch (layer.activation) {
        case 'none':
          return y;
        case 'relu':
          return jax.nn.relu(y);
        case 'relu6':
          return jax.nn.relu6(y);
        case 'sigmoid':
          return jax.nn.sigmoid(y);
        case 'silu':
          return jax.nn.silu(y);
        default:
          throw new RangeError(`${layer.activation} is not said for jax-js`);
      }
    };
    return run<Value>(layersOf(netOf(task)), arrays.x!, {
      weighted,
      add: (a, b) => a.add(b),
      mul: (a, b) => a.mul(b),
      mean: (x) => x.mean([2, 3], { keepdims: true }),
      again: (x) => x.ref,
    });
  },
};
