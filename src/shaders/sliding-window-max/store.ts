/** How a pass along a line reads its source and stores its result, shared by the variants that work in passes. */
import { u32, type Binding, type Problem, type Scalar, type Shader } from '@/gpu/kernel';
import { isFloatProblem, type Dims, type WindowAttrs } from './dims';
import orderedCode from './ordered.wgsl?raw';
import flatCode from './store-flat.wgsl?raw';
import columnCode from './store-column.wgsl?raw';
import imageCode from './store-image.wgsl?raw';

const file = (name: string): string => `sliding-window-max/${name}.wgsl`;
export const ordered: Shader = { file: file('ordered'), code: orderedCode };
const flat: Shader = { file: file('store-flat'), code: flatCode, uses: [ordered] };
const image: Shader = { file: file('store-image'), code: imageCode, uses: [ordered] };
const column: Shader = { file: file('store-column'), code: columnCode };

export const shaderOf = (name: string, code: string, ...uses: readonly Shader[]): Shader => ({
  file: file(name),
  code,
  uses: [ordered, ...uses],
});

/** Where a pass stands among those of a problem: the first reads x, the last writes y. */
export interface Ends {
  /** Scratch buffers of ordered integers, or x and y. */
  readonly from: string;
  readonly to: string;
}

/** x and y hold whatever the problem holds; as bits they are i32, like everything between. */
export function sourceBinding({ from }: Ends, vec: 1 | 4): Binding {
  return { name: 'source', buffer: from, access: 'read', dtype: 'i32', vec };
}

export interface Store {
  readonly shader: Shader;
  readonly constants: Readonly<Record<string, boolean>>;
  readonly params: Readonly<Record<string, Scalar>>;
  readonly binding: Binding;
}

/** The store of a pass: `emit4(i / 4, v)` (in an image's last pass `emit(i, v)` too), with what it needs. */
export function storing(
  problem: Problem<WindowAttrs>,
  { rank, w, outH, outW }: Dims,
  { from, to }: Ends,
): Store {
  const compact = to === 'y' && rank === 2;
  const float = isFloatProblem(problem.inputs);
  return {
    shader: compact ? image : flat,
    constants: { FROM_FLOAT: float && from === 'x', TO_FLOAT: float && to === 'y' },
    params: compact ? { w: u32(w), out_w: u32(outW), out_h: u32(outH) } : {},
    binding: { name: 'result', buffer: to, access: 'read_write', dtype: 'i32', vec: compact ? 1 : 4 },
  };
}

/** Where columns cannot be stored four at a time: `emit(i, v)` between passes. */
export const columnStore = ({ to }: Ends): Store => ({
  shader: column,
  constants: { FROM_FLOAT: false, TO_FLOAT: false },
  params: {},
  binding: { name: 'result', buffer: to, access: 'read_write', dtype: 'i32' },
});

/** Bytes of `count` i32, in whole vec4s. */
export const scratchBytes = (count: number): number => 16 * Math.ceil(count / 4);
