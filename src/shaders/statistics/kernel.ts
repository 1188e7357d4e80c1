/** What binary16 would make of a tensor's values, and their histogram over log₂: counted, added to the counters given. */
import { defineKernel, i32, u32s, type NoAttrs } from '@/gpu/kernel';
import { byteLength, sizeOf } from '@/lib/tensor';
import { bitsOf } from '@/shaders/lib/bits';
import { COUNTS, countsSpec, LOWEST } from './counts';
import code from './statistics.wgsl?raw';

/** Quads that an invocation takes. */
const REPEATS = 16;

export const kernel = defineKernel<NoAttrs>({
  name: 'statistics',
  title: { en: 'Counts of underflow and overflow, and a histogram', zh: '上溢、下溢计数与直方图' },
  inputs: {
    x: { dtypes: ['f32', 'f16'], shape: '[…]' },
    counts: { dtypes: ['u32'], shape: `[${COUNTS}]: 8 counters, 64 bins` },
  },
  outputs: { counts: { shape: `[${COUNTS}], in place` } },
  attrs: {},
  infer: countsSpec,
  rows: () => 1,
  work: ({ inputs }) => ({ flops: sizeOf(inputs.x!.shape), bytes: byteLength(inputs.x!) }),
  variants: {
    atomic: {
      title: { en: 'integer atomics', zh: '整数原子操作' },
      plan({ inputs }) {
        const size = sizeOf(inputs.x!.shape);
        const quads = Math.ceil(size / 4);
        const { library, binding } = bitsOf(inputs.x!.dtype);
        return {
          passes: [
            {
              shader: { file: 'statistics/statistics.wgsl', code, uses: [library] },
              constants: { REPEATS, LOWEST: i32(LOWEST) },
              params: u32s({ size, quads }),
              bindings: [binding, { name: 'counts', access: 'read_write', atomic: true }],
              groups: Math.ceil(quads / (64 * REPEATS)),
              flops: 20 * size,
            },
          ],
        };
      },
    },
  },
  defaultVariant: () => 'atomic',
});
