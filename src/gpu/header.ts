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
  pass.bindings.forEach((binding, i) => head.push(...declare(binding, storages[i] ?? 'f32', i + 1)));

  const parts = [{ file: '(generated header)', code: head.join('\n') }, ...flatten(pass.shader)];
  const files: { file: string; line: number }[] = [];
  let line = 1;
  for (const part of parts) {
    files.push({ file: part.file, line });
    line += part.code.split('\n').length;
  }
  return { code: parts.map((part) => part.code).join('\n'), files };
}

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

function declare(binding: Binding, storage: Storage, slot: number): string[] {
  const { name, access, vec = 1 } = binding;
  const at = `@group(0) @binding(${slot}) var<storage, ${access}> ${name}`;
  if (storage === 'i32' || storage === 'u32')
    return [`${at}: array<${vec === 1 ? storage : `vec${vec}<${storage}>`}>;`];
  const wide = vec === 1 ? 'f32' : `vec${vec}f`;
  const write = access === 'read_write';
  if (storage !== 'packed') {
    const element = vec === 1 ? storage : `vec${vec}<${storage}>`;
    return [
      `${at}: array<${element}>;`,
      `fn load_${name}(i: u32) -> ${wide} { return ${wide}(${name}[i]); }`,
      ...(write ? [`fn store_${name}(i: u32, v: ${wide}) { ${name}[i] = ${element}(v); }`] : []),
    ];
  }
  if (vec === 1) {
    if (write) throw new RangeError(`binding "${name}": packed f16 is written two or four at a time`);
    return [
      `${at}: array<u32>;`,
      `fn load_${name}(i: u32) -> f32 { let w = unpack2x16float(${name}[i >> 1u]); return select(w.x, w.y, (i & 1u) == 1u); }`,
    ];
  }
  return vec === 2
    ? [
        `${at}: array<u32>;`,
        `fn load_${name}(i: u32) -> vec2f { return unpack2x16float(${name}[i]); }`,
        ...(write ? [`fn store_${name}(i: u32, v: vec2f) { ${name}[i] = pack2x16float(v); }`] : []),
      ]
    : [
        `${at}: array<vec2u>;`,
        `fn load_${name}(i: u32) -> vec4f { let w = ${name}[i]; return vec4f(unpack2x16float(w.x), unpack2x16float(w.y)); }`,
        ...(write
          ? [
              `fn store_${name}(i: u32, v: vec4f) { ${name}[i] = vec2u(pack2x16float(v.xy), pack2x16float(v.zw)); }`,
            ]
          : []),
      ];
}
