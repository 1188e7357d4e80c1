/** Discs small and large, over edges, many in one pixel, on a picture, upside down and far outside. */
import type { Case, Cases } from '@/gpu/kernel';
import type { Random } from '@/lib/random';
import { tensor } from '@/lib/tensor';
import type { DrawParticlesAttrs } from './paint';

interface Setup extends Partial<DrawParticlesAttrs> {
  readonly n: number;
  readonly spread?: number;
  readonly picture?: boolean;
  readonly planted?: readonly number[];
}

function make(
  name: string,
  { n, spread = 1.5, picture = false, planted = [], ...given }: Setup,
): Case<DrawParticlesAttrs> {
  const attrs: DrawParticlesAttrs = {
    ...{ left: -4, top: 4, right: 4, bottom: -4, width: 64, height: 48 },
    ...{ radius: 1, opacity: 0.5, ink: 0x0072b2, dark: false },
    ...given,
  };
  const { width, height } = attrs;
  return {
    name: `${name} [${n} 2] on ${width} × ${height}`,
    attrs,
    inputs(random) {
      const x = random.normals(2 * n, spread);
      x.set(planted);
      const bits = Array.from(
        { length: picture ? width * height : 0 },
        () => (random.bits() | 0xff000000) >>> 0,
      );
      return {
        x: tensor('f32', [n, 2], x),
        ...(picture ? { under: tensor('u32', [height, width], bits) } : {}),
      };
    },
    tolerance: 2e-5,
    why: 'one step of the blue byte, 2^16, beside an opaque pixel, 255·2^24, is 1.5e-5',
  };
}

export const cases: Cases<DrawParticlesAttrs> = {
  cases: [
    make('one particle', { n: 1, planted: [0, 0] }),
    make('points', { n: 3001, radius: 0.5 }),
    make('discs, dark', { n: 57, radius: 5.5, dark: true, ink: 0xf0e442, opacity: 0.8 }),
    make('over the edges', { n: 300, spread: 6, radius: 9, opacity: 0.1 }),
    make('all in one pixel', { n: 20_000, spread: 1e-4, opacity: 0.01 }),
    make('on a picture', { n: 500, picture: true, radius: 2.25, ink: 0xffffff }),
    make('y downwards', { n: 700, top: -3, bottom: 5, left: 2, right: -2.5 }),
    make('far outside', { n: 100, planted: [3e38, 0, 0, -3e38, 1e10, -1e10, -4, 4, 4, -4] }),
    make('nothing in sight', { n: 9, left: 1000, right: 1001 }),
  ],
  random(random: Random) {
    return make('random', {
      ...{ n: random.int(1, 800), width: random.int(1, 90), height: random.int(1, 90) },
      ...{ left: random.normal() - 2, right: 3 + random.normal(), top: 3, bottom: random.normal() },
      ...{ radius: 0.5 + 6 * random.uniform() ** 2, opacity: random.pick([0.01, 0.3, 0.99]) },
      ...{
        ink: random.int(0, 0xffffff),
        dark: random.pick([true, false]),
        picture: random.pick([true, false]),
      },
    });
  },
  timing: [make('particles', { n: 131072, width: 512, height: 512 })],
};
