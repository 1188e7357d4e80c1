/** The WGSL that a pass gets in front of its file: enables, constants, parameters, bindings, accessors. */
import type { DType } from '@/lib/tensor';
import type { Binding, Pass, Scalar, Shader } from './kernel';

export interface Source {
  readonly code: string;
  /** First line of each file within `code`, ascending: compile errors are mapped back through it. */
  readonly files: readonly { readonly file: string; readonly line: number }[];
}

/** How an element type is stored on this device. */
export type Storage = 'f32' | 'f16' | 'packed' | 'i32' | 'u32';

export function storageOf(dtype: DType, f16: boolean): Storage {
  if (dtype === 'f16') return f16 ? 'f16' : 'packed';
  return dtype === 'u8' ? 'u32' : dtype;
}

export function assemble(pass: Pass, dtypeOf: (binding: Binding) => DType, f16: boolean): Source {
  const storages = pass.bindings.map((binding) => storageOf(dtypeOf(binding), f16));
  const head: string[] = [];
  if (storages.includes('f16')) head.push('enable f16;');
  if (pass.subgroups) head.push('enable subgroups;');
  head.push(`alias elem = ${storages.includes('f16') ? 'f16' : 'f32'};`);
  if (pass.bindings.some(({ access }, i) => access === 'read_write' && storages[i] === 'packed'))
    head.push(PACK);
  for (const [name, value] of Object.entries(pass.constants ?? {}))
    head.push(`const ${name} = ${literal(value)};`);
  const fields = Object.entries(pass.params ?? {}).map(
    ([name, value]) => `${name}: ${Object.keys(value)[0] ?? ''}`,
  );
  head.push(
    `struct Params { ${['group_base: u32', ...fields].join(', ')} }`,
    '@group(0) @binding(0) var<uniform> params: Params;',
    '// Dispatches are split by the runtime: this is the place among all of them.',
    'fn group_index(workgroup_id: vec3u) -> u32 { return params.group_base + workgroup_id.x; }',
  );
  pass.bindings.forEach((binding, i) =>
    head.push(...declare(binding, storages[i] ?? 'f32', i + 1, pass.counted ?? false)),
  );

  const parts = [{ file: '(generated header)', code: head.join('\n') }, ...flatten(pass.shader)];
  const files: { file: string; line: number }[] = [];
  let line = 1;
  for (const part of parts) {
    files.push({ file: part.file, line });
    line += part.code.split('\n').length;
  }
  return { code: parts.map((part) => part.code).join('\n'), files };
}

/**
 * Two binary16 in a word, to nearest even, subnormals kept, overflow to infinity. WGSL leaves all of it open for its own
 * packing, and SwiftShader makes NaN of 70000: so by integers. The leading one is written out; below 2^-14 more bits go.
 */
const PACK = `fn pack_halves(v: vec2f) -> u32 {
  let f = bitcast<vec2u>(v);
  let m = f & vec2u(0x7fffffffu);
  let e = max(m >> vec2u(23u), vec2u(101u));
  let by = vec2u(126u) - min(e, vec2u(113u));
  let whole = (m & vec2u(0x7fffffu)) | vec2u(0x800000u);
  let kept = (whole + (vec2u(1u) << (by - 1u)) - 1u + ((whole >> by) & vec2u(1u))) >> by;
  let finite = min(kept + ((max(e, vec2u(113u)) - 113u) << vec2u(10u)), vec2u(0x7c00u));
  let h = ((f >> vec2u(16u)) & vec2u(0x8000u)) | select(finite, vec2u(0x7e00u), m > vec2u(0x7f800000u));
  return h.x | (h.y << 16u);
}`;

function flatten(shader: Shader, seen = new Set<string>()): Shader[] {
  if (seen.has(shader.file)) return [];
  seen.add(shader.file);
  return [...(shader.uses ?? []).flatMap((used) => flatten(used, seen)), shader];
}

function literal(value: number | boolean | Scalar): string {
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return `${value}u`;
  if ('f32' in value) return `f32(${Number.isInteger(value.f32) ? value.f32.toFixed(1) : String(value.f32)})`;
  return 'u32' in value ? `${value.u32}u` : `i32(${value.i32})`;
}

/** Where binding `slot` counts its calls of `load_…` and `store_…` in the u32s of TRAFFIC. */
export const TRAFFIC = 'traffic';
export const loadCounter = (slot: number): number => 2 * slot - 2;
export const storeCounter = (slot: number): number => 2 * slot - 1;

function declare(binding: Binding, storage: Storage, slot: number, counted: boolean): string[] {
  const { name, access, vec = 1 } = binding;
  const at = `@group(0) @binding(${slot}) var<storage, ${access}>`;
  if (storage === 'i32' || storage === 'u32') {
    const element = vec === 1 ? storage : `vec${vec}<${storage}>`;
    return [`${at} ${name}: array<${binding.atomic ? `atomic<${element}>` : element}>;`];
  }
  const wide = vec === 1 ? 'f32' : `vec${vec}f`;
  // Under another name, what a shader reads past its accessors does not compile instead of going uncounted.
  const x = counted ? `${name}_in_memory` : name;
  const count = (counter: number) => (counted ? `atomicAdd(&${TRAFFIC}[${counter}u], 1u); ` : '');
  const array = (element: string) => `${at} ${x}: array<${element}>;`;
  const load = (body: string) => `fn load_${name}(i: u32) -> ${wide} { ${count(loadCounter(slot))}${body} }`;
  const store = (body: string) =>
    access === 'read_write'
      ? [`fn store_${name}(i: u32, v: ${wide}) { ${count(storeCounter(slot))}${body} }`]
      : [];

  if (storage !== 'packed') {
    const element = vec === 1 ? storage : `vec${vec}<${storage}>`;
    return [array(element), load(`return ${wide}(${x}[i]);`), ...store(`${x}[i] = ${element}(v);`)];
  }
  if (vec === 1) {
    if (access === 'read_write')
      throw new RangeError(`binding "${name}": packed f16 is written two or four at a time`);
    const half = `let w = unpack2x16float(${x}[i >> 1u]); return select(w.x, w.y, (i & 1u) == 1u);`;
    return [array('u32'), load(half)];
  }
  return vec === 2
    ? [array('u32'), load(`return unpack2x16float(${x}[i]);`), ...store(`${x}[i] = pack_halves(v);`)]
    : [
        array('vec2u'),
        load(`let w = ${x}[i]; return vec4f(unpack2x16float(w.x), unpack2x16float(w.y));`),
        ...store(`${x}[i] = vec2u(pack_halves(v.xy), pack_halves(v.zw));`),
      ];
}
