/** The windows of the forward pass. */
import type { Case, Cases } from '@/gpu/kernel';
import { sizeOf, tensor } from '@/lib/tensor';
import {
  drawWindow,
  nameOf,
  randomWindow,
  timed,
  windowOf,
  windows,
  type WindowSetup,
} from '@/shaders/conv2d/cases';
import { outputShape, windowDims } from '@/shaders/conv2d/dims';
import type { BackwardWeightsAttrs } from './dims';

function make(name: string, setup: WindowSetup): Case<BackwardWeightsAttrs> {
  const attrs = windowOf(setup);
  return {
    name: nameOf(name, setup),
    attrs: { ...attrs, taps: setup.k },
    inputs(random) {
      const { x, w } = drawWindow(setup, random);
      const shape = outputShape(windowDims(x, w, attrs));
      return { x, dy: tensor(setup.dtype ?? 'f32', shape, random.normals(sizeOf(shape))) };
    },
  };
}

const all = (setups: Readonly<Record<string, WindowSetup>>): Case<BackwardWeightsAttrs>[] =>
  Object.entries(setups).map(([name, setup]) => make(name, setup));

export const cases: Cases<BackwardWeightsAttrs> = {
  cases: [...all(windows), make('many lines', { x: [40, 6, 5, 3], Cout: 6, k: [3, 3], padding: 1 })],
  random: (random) => make('random', randomWindow(random)),
  timing: all(timed),
};
