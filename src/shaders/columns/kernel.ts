/** Rows made longer or shorter, new columns 0, and one column set to a value: points as queries of attention, and back. */
import { defineKernel, f32, u32s } from '@/gpu/kernel';
import { LabError } from '@/lib/errors';
import { byteLength, sizeOf, type Specs } from '@/lib/tensor';
import { given, overQuads, wrongShape } from '@/shaders/lib/flat';
import code from './columns.wgsl?raw';

export interface ColumnsAttrs {
  /** Columns of y. */
  readonly to: number;
  /** The column of y that is set, or null. */
  readonly slot: number | null;
  readonly value: number;
}

/** No column has this number. */
const NOWHERE = 0xffffffff;

function sizes(inputs: Specs, { to, slot }: ColumnsAttrs) {
  const { shape } = given(inputs, 'x');
  const [rows = 0, from = 0] = shape;
  if (shape.length !== 2) throw wrongShape('x', shape, '[rows, columns]');
  if (slot !== null && slot >= to)
    throw new LabError('attr.value', { name: 'slot', got: slot, allowed: `null or less than ${to}` });
  return { rows, from };
}

export const kernel = defineKernel<ColumnsAttrs>({
  name: 'columns',
  title: { en: 'Columns added, dropped and set', zh: '增删列并设定一列' },
  inputs: { x: { dtypes: ['f32'], shape: '[rows, columns]' } },
  outputs: { y: { shape: '[rows, to]' } },
  attrs: {
    to: { kind: 'number', default: 16, integer: true, min: 1, max: 4096 },
    slot: { kind: 'number', default: null, integer: true, min: 0 },
    value: { kind: 'number', default: 0 },
  },
  infer(inputs, attrs) {
    const { rows } = sizes(inputs, attrs);
    return { y: { dtype: 'f32', shape: [rows, attrs.to] } };
  },
  rows: ({ inputs }) => inputs.x!.shape[0]!,
  work: ({ inputs, outputs }) => ({ flops: 0, bytes: byteLength(inputs.x!) + byteLength(outputs.y!) }),
  variants: {
    quads: {
      title: { en: 'four neighbours at once', zh: '一次四个相邻元素' },
      plan({ inputs, outputs, attrs }) {
        const { from } = sizes(inputs, attrs);
        const size = sizeOf(outputs.y!.shape);
        return {
          passes: [
            overQuads(size, 6, {
              shader: { file: 'columns/columns.wgsl', code },
              params: {
                ...u32s({ size, given: from, wanted: attrs.to, slot: attrs.slot ?? NOWHERE }),
                value: f32(attrs.value),
              },
              bindings: [
                { name: 'x', access: 'read' },
                { name: 'y', access: 'read_write', vec: 4 },
              ],
            }),
          ],
        };
      },
    },
  },
  defaultVariant: () => 'quads',
});
