/** Every pixel by itself, which is a product of matrices: [pixels, C]·[Cout, C]ᵀ by the matmul kernel's own plan. */
import type { Capabilities } from '@/gpu/capabilities';
import { problemOf } from '@/gpu/bind';
import type { Plan, Problem, Variant } from '@/gpu/kernel';
import type { TensorSpec } from '@/lib/tensor';
import type { MatmulAttrs } from '@/shaders/matmul/dims';
import { kernel as matmul } from '@/shaders/matmul/kernel';
import { dims, type Axis, type Conv2dAttrs, type Dims } from './dims';

const isWhole = ({ size, out, taps, stride, before }: Axis): boolean =>
  taps === 1 && stride === 1 && before === 0 && size === out;

export const isPointwise = ({ groups, down, across }: Dims): boolean =>
  groups === 1 && isWhole(down) && isWhole(across);

function product({ inputs, attrs }: Problem<Conv2dAttrs>): Problem<MatmulAttrs> {
  const { N, C, Cout, down, across, dtype } = dims(inputs, attrs);
  const { bias, residual } = inputs as Readonly<Record<string, TensorSpec | undefined>>;
  const pixels = N * down.size * across.size;
  const operands = {
    a: { dtype, shape: [pixels, C] },
    b: { dtype, shape: [Cout, C] },
    ...(bias && { bias }),
    ...(residual && { residual: { dtype, shape: [pixels, Cout] } }),
  };
  const { activation } = attrs;
  return problemOf(matmul, operands, {
    transA: false,
    transB: true,
    accumulate: 'f32',
    alpha: 1,
    activation,
  });
}

/** The same plan, with its tensors under our names. */
function renamed({ scratch, passes }: Plan): Plan {
  const ours: Readonly<Record<string, string>> = { a: 'x', b: 'w', c: 'y' };
  return {
    ...(scratch && { scratch }),
    passes: passes.map((pass) => ({
      ...pass,
      bindings: pass.bindings.map((binding) => {
        const buffer = binding.buffer ?? binding.name;
        return { ...binding, buffer: ours[buffer] ?? buffer };
      }),
    })),
  };
}

const variantOf = (problem: Problem<MatmulAttrs>, caps: Capabilities) =>
  matmul.variants[matmul.defaultVariant(problem, caps)];

export const pointwise: Variant<Conv2dAttrs> = {
  title: { en: 'a product of matrices', zh: '按矩阵乘法计算' },
  unsupported: ({ inputs, attrs }) =>
    isPointwise(dims(inputs, attrs))
      ? undefined
      : {
          en: 'the window has to be one pixel, without stride, padding or groups',
          zh: '窗口须为单个像素，且没有步幅、填充和分组',
        },
  plan(problem, caps) {
    const own = product(problem);
    return renamed(variantOf(own, caps)?.plan(own, caps) ?? { passes: [] });
  },
};
