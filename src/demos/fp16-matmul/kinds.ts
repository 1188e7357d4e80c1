/** The four ways to sum that are compared: everything in f32, and halves summed in f32, in chunks, in f16. */
import type { SeriesRole } from '@/lab/demo';
import type { Text } from '@/lib/text';
import type { MatmulAttrs } from '@/shaders/matmul/dims';

export interface Kind {
  readonly id: 'single' | 'mixed' | 'chunked' | 'half';
  readonly storage: 'f32' | 'f16';
  readonly accumulate: MatmulAttrs['accumulate'];
  readonly label: Text;
  readonly role: SeriesRole;
}

export const kinds: readonly Kind[] = [
  {
    ...{ id: 'half', storage: 'f16', accumulate: 'f16', role: 'naive' },
    label: { en: 'f16, sums in f16', zh: 'f16，f16 累加' },
  },
  {
    ...{ id: 'chunked', storage: 'f16', accumulate: 'chunked', role: 'alternative' },
    label: { en: 'f16, chunks promoted to f32', zh: 'f16，分块提升到 f32' },
  },
  {
    ...{ id: 'mixed', storage: 'f16', accumulate: 'f32', role: 'fused' },
    label: { en: 'f16, sums in f32', zh: 'f16，f32 累加' },
  },
  {
    ...{ id: 'single', storage: 'f32', accumulate: 'f32', role: 'wasm' },
    label: { en: 'all in f32', zh: '全部 f32' },
  },
];

export const kindOf = (given: Pick<Kind, 'storage' | 'accumulate'>): Kind =>
  kinds.find((kind) => kind.storage === given.storage && kind.accumulate === given.accumulate)!;

export const attrsOf = (accumulate: MatmulAttrs['accumulate']): MatmulAttrs => ({
  ...{ transA: false, transB: false, accumulate },
  ...{ alpha: 1, activation: 'none' },
});
