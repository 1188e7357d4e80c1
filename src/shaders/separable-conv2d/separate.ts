/** The two convolutions one after the other, by their own kernels' plans, with what lies between them in memory. */
import type { Capabilities } from '@/gpu/capabilities';
import { problemOf } from '@/gpu/bind';
import type { Kernel, Pass, Plan, Problem, Variant } from '@/gpu/kernel';
import { byteLength, type TensorSpec } from '@/lib/tensor';
import { kernel as conv2d } from '@/shaders/conv2d/kernel';
import { kernel as matmul } from '@/shaders/matmul/kernel';
import { depthwiseAttrs, depthwiseInputs, dims, type SeparableAttrs } from './dims';

const BETWEEN = 'between';

/** A plan's passes with their buffers under our names; what is its own scratch gets a prefix. */
function renamed(plan: Plan, prefix: string, ours: Readonly<Record<string, string>>, between: TensorSpec) {
  const scratch = Object.entries(plan.scratch ?? {});
  const names: Readonly<Record<string, string | undefined>> = {
    ...ours,
    ...Object.fromEntries(scratch.map(([name]) => [name, `${prefix} ${name}`])),
  };
  const passes = plan.passes.map((pass): Pass => ({
    ...pass,
    bindings: pass.bindings.map((binding) => {
      const own = binding.buffer ?? binding.name;
      const buffer = names[own] ?? own;
      return { ...binding, buffer, ...(buffer === BETWEEN && { dtype: between.dtype }) };
    }),
  }));
  return {
    passes,
    scratch: Object.fromEntries(scratch.map(([name, bytes]) => [`${prefix} ${name}`, bytes])),
  };
}

function planOf<A>(
  kernel: Pick<Kernel<A>, 'variants' | 'defaultVariant'>,
  problem: Problem<A>,
  caps: Capabilities,
): Plan {
  return kernel.variants[kernel.defaultVariant(problem, caps)]?.plan(problem, caps) ?? { passes: [] };
}

export const separate: Variant<SeparableAttrs> = {
  title: { en: 'one after the other', zh: '先后两步' },
  plan({ inputs, attrs }, caps) {
    const d = dims(inputs, attrs);
    const { C, dtype } = d.depthwise;
    const first = problemOf(conv2d, depthwiseInputs(inputs), depthwiseAttrs(attrs, C));
    const { bias, residual } = inputs as Readonly<Record<string, TensorSpec | undefined>>;
    const between: TensorSpec = { dtype, shape: [d.pixels, C] };
    const operands = {
      ...{ a: between, b: inputs.pointwise! },
      ...(bias && { bias }),
      ...(residual && { residual: { dtype, shape: [d.pixels, d.Cout] } }),
    };
    const { activation } = attrs;
    const own = { transA: false, transB: true, accumulate: 'f32', alpha: 1, activation } as const;
    const second = problemOf(matmul, operands, own);
    const one = renamed(
      planOf(conv2d, first, caps),
      'depthwise',
      { w: 'depthwise', bias: 'depthwiseBias', y: BETWEEN },
      between,
    );
    const two = renamed(
      planOf(matmul, second, caps),
      'pointwise',
      { a: BETWEEN, b: 'pointwise', c: 'y' },
      between,
    );
    const bytes = 16 * Math.ceil(byteLength(between) / 16);
    return {
      scratch: { [BETWEEN]: bytes, ...one.scratch, ...two.scratch },
      passes: [...one.passes, ...two.passes],
    };
  },
};
