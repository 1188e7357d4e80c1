/** `bits4(quad)`: four elements of `x` as f32 bits, so that what is tested is what is stored: no arithmetic touches it. */
import type { Binding, Shader } from '@/gpu/kernel';
import type { DType } from '@/lib/tensor';
import halfBitsCode from './bits-f16.wgsl?raw';
import bitsCode from './bits-f32.wgsl?raw';
import halfCode from './half.wgsl?raw';

const half: Shader = { file: 'lib/half.wgsl', code: halfCode };

export const bitsOf = (dtype: DType): { readonly library: Shader; readonly binding: Binding } =>
  dtype === 'f16'
    ? {
        library: { file: 'lib/bits-f16.wgsl', code: halfBitsCode, uses: [half] },
        binding: { name: 'x', access: 'read', dtype: 'u32', vec: 2 },
      }
    : {
        library: { file: 'lib/bits-f32.wgsl', code: bitsCode },
        binding: { name: 'x', access: 'read', dtype: 'u32', vec: 4 },
      };
