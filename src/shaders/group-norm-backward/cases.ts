/** The images of the forward pass, with the statistics that float64 has of them. */
import type { Case, Cases } from '@/gpu/kernel';
import { sizeOf, tensor } from '@/lib/tensor';
import { inputsOf, nameOf, randomSetup, setups, timed, type Setup } from '@/shaders/group-norm/cases';
import { reference } from '@/shaders/group-norm/reference';
import type { GroupNormBackwardAttrs } from './kernel';

const elementsOf = ({ shape, groups }: Setup): number => sizeOf(shape.slice(1)) / groups;

const make = (name: string, setup: Setup): Case<GroupNormBackwardAttrs> => ({
  name: nameOf(name, setup),
  attrs: { groups: setup.groups },
  inputs(random) {
    const { beta: _, ...inputs } = inputsOf({ ...setup, mean: 0 }, random);
    const images = Array.from({ length: setup.shape[0]! }, (_, image) => image);
    const all = { ...inputs, beta: inputs.gamma! };
    const { stats } = reference(all, { groups: setup.groups, eps: 1e-5 }, images);
    return {
      ...inputs,
      stats: tensor('f32', [setup.shape[0]! * setup.groups, 2], stats!),
      dy: tensor(setup.type ?? 'f32', setup.shape, random.normals(sizeOf(setup.shape))),
    };
  },
  tolerance:
    (setup.type === 'f16' || setup.weights === 'f16' ? 2e-3 : 2e-5) * (elementsOf(setup) < 8 ? 50 : 1),
  why: 'dx is what is left of g when two means of it are taken away: small groups leave little',
});

// Groups of one element or two, or without spread, have no gradient: what is left is rounding, against a norm of nothing.
const left = Object.entries(setups).filter(([, setup]) => setup.scale !== 0 && elementsOf(setup) > 2);

export const cases: Cases<GroupNormBackwardAttrs> = {
  cases: left.map(([name, setup]) => make(name, setup)),
  random(random) {
    const setup = randomSetup(random);
    const [images, height, width, channels] = setup.shape;
    return make('random', { ...setup, shape: [images!, height! + 1, width!, channels!] });
  },
  timing: timed.map((setup) => make('images', setup)),
};
