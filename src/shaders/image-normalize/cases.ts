/** Pictures that grow, shrink, stay, are upright or lie; crops of odd size; one pixel. */
import type { Case, Cases } from '@/gpu/kernel';
import type { Random } from '@/lib/random';
import { tensor, type HostTensors } from '@/lib/tensor';
import type { ImageNormalizeAttrs } from './dims';

/** ImageNet's. */
const MEAN = [0.485, 0.456, 0.406];
const STD = [0.229, 0.224, 0.225];

const make = (
  name: string,
  [H, W]: readonly [number, number],
  resize: number,
  crop: number,
  dtype: 'f32' | 'f16' = 'f32',
): Case<ImageNormalizeAttrs> => ({
  name: `${name}, ${H} × ${W} to ${resize}, crop ${crop}, ${dtype}`,
  attrs: { resize, crop, dtype },
  ...(dtype === 'f16' && { tolerance: 2e-3 }),
  inputs(random): HostTensors {
    const words = Uint32Array.from({ length: H * W }, () => random.int(0, 2 ** 32 - 1));
    return {
      pixels: { dtype: 'u32', shape: [H, W], data: words },
      mean: tensor('f32', [3], MEAN),
      std: tensor('f32', [3], STD),
    };
  },
});

export const cases: Cases<ImageNormalizeAttrs> = {
  cases: [
    make('one pixel', [1, 1], 1, 1),
    make('one pixel grows', [1, 1], 5, 3),
    make('as it was', [8, 8], 8, 8),
    make('lies', [30, 47], 16, 12),
    make('upright', [61, 40], 16, 13),
    make('grows', [9, 14], 32, 28),
    make('shrinks a lot', [300, 211], 8, 7),
    make('odd remainder of the crop', [33, 34], 33, 20),
    make('a strip', [4, 90], 8, 8),
    make('halves', [50, 40], 20, 15, 'f16'),
    make('large', [128, 160], 96, 80),
  ],
  random: (random: Random) => {
    const resize = random.int(1, 24);
    const picture = [random.int(1, 60), random.int(1, 60)] as const;
    return make('random', picture, resize, random.int(1, resize), random.pick(['f32', 'f16']));
  },
  timing: [make('a photograph', [960, 1280], 256, 224)],
};
