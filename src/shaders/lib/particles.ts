/**
 * Particles in the plane [n, 2], one or four an invocation: `<name>_at(i)` gives the i-th, or the i-th four, as a `Point`
 * whose x and y hold one number or four; `keep_<name>(i, p)` puts them back.
 */
import type { Binding, Scalar, Shader } from '@/gpu/kernel';
import { u32 } from '@/gpu/kernel';

/** Particles an invocation. */
export type Width = 1 | 4;

export interface Particles {
  readonly shader: Shader;
  readonly binding: Binding;
}

// Of an odd number of particles, the last vector's second half lies in the buffer's padding.
const bodies = {
  1: (name: string) => ({
    read: `let v = load_${name}(i); return Point(v.x, v.y);`,
    write: `store_${name}(i, vec2f(p.x, p.y));`,
  }),
  4: (name: string) => ({
    read: `let v = load_${name}(2u * i); let w = load_${name}(min(2u * i + 1u, params.last));
  return Point(vec4f(v.xz, w.xz), vec4f(v.yw, w.yw));`,
    write: `store_${name}(2u * i, vec4f(p.x.x, p.y.x, p.x.y, p.y.y));
  if 2u * i < params.last { store_${name}(2u * i + 1u, vec4f(p.x.z, p.y.z, p.x.w, p.y.w)); }`,
  }),
};

/** The shader comes after one that declares `Point`; its pass has `particleParams`. */
export function particles(name: string, access: Binding['access'], width: Width): Particles {
  const { read, write } = bodies[width](name);
  const reader = `fn ${name}_at(i: u32) -> Point {\n  ${read}\n}`;
  const writer = `fn keep_${name}(i: u32, p: Point) {\n  ${write}\n}`;
  return {
    shader: { file: `lib/particles_${name}`, code: access === 'read' ? reader : `${reader}\n${writer}` },
    binding: { name, access, vec: width === 1 ? 2 : 4 },
  };
}

/** How many an invocation takes, so many invocations, and the last vector of four numbers. */
export const particleParams = (n: number, width: Width): Readonly<Record<string, Scalar>> => ({
  walkers: u32(Math.ceil(n / width)),
  last: u32(Math.ceil(n / 2) - 1),
});

/** @param each particles an invocation */
export const particleGroups = (n: number, each: number): number => Math.ceil(n / (64 * each));
