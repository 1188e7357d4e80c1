/** `four_<name>(i)`: the elements i.x … i.w of a tensor, in one load where they are known to be an aligned quad. */
import type { Binding, Shader } from '@/gpu/kernel';

export interface Four {
  readonly shader: Shader;
  readonly binding: Binding;
}

/** @param aligned i is always 4q … 4q + 3 */
export function four(name: string, aligned: boolean): Four {
  const body = aligned
    ? `return load_${name}(i.x / 4u);`
    : `return vec4f(load_${name}(i.x), load_${name}(i.y), load_${name}(i.z), load_${name}(i.w));`;
  return {
    shader: { file: `lib/four_${name}`, code: `fn four_${name}(i: vec4u) -> vec4f { ${body} }` },
    binding: { name, access: 'read', vec: aligned ? 4 : 1 },
  };
}
