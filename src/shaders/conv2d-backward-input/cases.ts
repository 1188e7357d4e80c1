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
import type { BackwardInputAttrs } from './dims';

function make(name: string, setup: WindowSetup): Case<BackwardInputAttrs> {
  const attrs = windowOf(setup);
  return {
    name: nameOf(name, setup),
    attrs: { ...attrs, size: setup.x.slice(1, 3) },
    inputs(random) {
      const { x, w } = drawWindow(setup, random);
      const shape = outputShape(windowDims(x, w, attrs));
      return { dy: tensor(setup.dtype ?? 'f32', shape, random.normals(sizeOf(shape))), w };
    },
  };
}

const all = (setups: Readonly<Record<string, WindowSetup>>): Case<BackwardInputAttrs>[] =>
  Object.entries(setups).map(([name, setup]) => make(name, setup));

export const cases: Cases<BackwardInputAttrs> = {
  cases: all(windows),
  random: (random) => make('random', randomWindow(random)),
  timing: all(timed),
};
