/** C = act(α·op(A)·op(B) + bias) + residual for every matrix of a batch; leading sizes broadcast as NumPy's do. */
import { defineKernel } from '@/gpu/kernel';
import { byteLength, sizeOf } from '@/lib/tensor';
import { residualInput } from '@/shaders/lib/residual';
import { dims, matmulAttrs, shapeOf, type MatmulAttrs } from './dims';
import { gemv, gemvRegister, MOST_ROWS } from './gemv';
import { naive } from './naive';
import { FEW_LANES, quad, quadWide, register } from './register';
import { subgroup } from './subgroup';
import { tiled } from './tiled';

export const kernel = defineKernel<MatmulAttrs>({
  name: 'matmul',
  title: { en: 'Matrix multiplication', zh: '矩阵乘法' },
  inputs: {
    a: { dtypes: ['f32', 'f16'], shape: '[…, M, K], with transA […, K, M]' },
    b: { dtypes: ['f32', 'f16'], shape: '[…, K, N], with transB […, N, K]' },
    bias: { dtypes: ['f32', 'f16'], shape: '[N]', optional: true },
    residual: residualInput('[…, M, N]'),
  },
  outputs: { c: { shape: '[…, M, N]' } },
  attrs: matmulAttrs,
  infer: (inputs, attrs) => ({ c: { dtype: inputs.a!.dtype, shape: shapeOf({ inputs, attrs }) } }),
  rows: ({ outputs }) => sizeOf(outputs.c!.shape.slice(0, -1)),
  work(problem) {
    const { batches, M, N, K } = dims(problem);
    const tensors = [...Object.values(problem.inputs), ...Object.values(problem.outputs)];
    return {
      flops: 2 * batches * M * N * K,
      bytes: tensors.reduce((sum, spec) => sum + byteLength(spec), 0),
    };
  },
  variants: {
    naive,
    tiled,
    register,
    quad,
    'quad-wide': quadWide,
    subgroup,
    gemv,
    'gemv-register': gemvRegister,
  },
  defaultVariant(problem, caps) {
    const { M, accumulate } = dims(problem);
    const hardware = caps.adapterKind === 'hardware';
    if (M <= MOST_ROWS && accumulate === 'f32') return hardware ? 'gemv' : 'gemv-register';
    if (hardware) return 'tiled';
    const emulated = accumulate !== 'f32' && !caps.f16;
    if (!caps.subgroups || emulated) return 'register';
    return caps.subgroups.max <= FEW_LANES ? 'quad-wide' : 'quad';
  },
});
