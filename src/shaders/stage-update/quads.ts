/** Four neighbours of a particle: one vector where a particle's size is a multiple of four, else elements one by one. */
import type { Binding, Shader } from '@/gpu/kernel';

/** `quad_of(i)`: the place that `quad_<name>` and `keep_<name>` take. */
export const placing = (aligned: boolean): Shader => ({
  file: `stage-update/place_${aligned ? 'vectors' : 'elements'}`,
  code: aligned
    ? `fn quad_of(i: u32) -> u32 { return i; }`
    : `// The first element, and how many there are.
fn quad_of(i: u32) -> vec2u {
  let j = 4u * (i % params.each);
  return vec2u(i / params.each * params.width + j, min(4u, params.width - j));
}`,
});

export function quads(
  name: string,
  access: Binding['access'],
  aligned: boolean,
): { readonly shader: Shader; readonly binding: Binding } {
  const read = aligned
    ? `fn quad_${name}(at: u32) -> vec4f { return load_${name}(at); }`
    : `fn quad_${name}(at: vec2u) -> vec4f {
  let i = at.x + min(vec4u(0u, 1u, 2u, 3u), vec4u(at.y - 1u));
  return vec4f(load_${name}(i.x), load_${name}(i.y), load_${name}(i.z), load_${name}(i.w));
}`;
  const write = aligned
    ? `fn keep_${name}(at: u32, v: vec4f) { store_${name}(at, v); }`
    : `fn keep_${name}(at: vec2u, v: vec4f) {
  store_${name}(at.x, v.x);
  if at.y > 1u { store_${name}(at.x + 1u, v.y); }
  if at.y > 2u { store_${name}(at.x + 2u, v.z); }
  if at.y > 3u { store_${name}(at.x + 3u, v.w); }
}`;
  return {
    shader: {
      file: `stage-update/${aligned ? 'vectors' : 'elements'}_${name}`,
      code: access === 'read' ? read : `${read}\n${write}`,
    },
    binding: { name, access, vec: aligned ? 4 : 1 },
  };
}
