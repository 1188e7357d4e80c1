/** From a problem to dispatches that can be recorded: plan, compile, allocate scratch, bind. */
import { LabError } from '@/lib/errors';
import { byteLength, type DType } from '@/lib/tensor';
import type { Text } from '@/lib/text';
import { bytesText } from '@/lib/units';
import type { Capabilities } from './capabilities';
import type { Device } from './device';
import { assemble } from './header';
import type { Binding, Kernel, Pass, Plan, Problem, Scalar } from './kernel';
import type { Compiled, Origin } from './pipelines';
import { SLOT_BYTES } from './ring';
import { allocated, ownBytes, type DeviceTensor, type Scope } from './scope';

export interface BoundPass {
  readonly pipeline: GPUComputePipeline;
  readonly bindGroup: GPUBindGroup;
  /** One slot of the ring; its first word is the group base. */
  readonly params: ArrayBuffer;
  readonly groups: number;
  readonly flops: number;
}

export interface Bound {
  readonly variant: string;
  readonly passes: readonly BoundPass[];
  readonly scratchBytes: number;
  /** Compilation of what was not cached, the longest of those done in parallel. */
  readonly compileMs: number;
}

export type Tensors = Readonly<Record<string, DeviceTensor>>;

/** Why `variant` cannot do `problem` on this device, or nothing. */
export function unsupported<A>(
  device: Device,
  kernel: Kernel<A>,
  problem: Problem<A>,
  variant: string,
): Text | undefined {
  const found = kernel.variants[variant];
  if (!found) {
    throw new LabError('variant.unknown', {
      name: variant,
      allowed: Object.keys(kernel.variants).join(', '),
    });
  }
  const reason = found.unsupported?.(problem, device.caps);
  if (reason) return reason;
  const plan = found.plan(problem, device.caps);
  if (!device.caps.subgroups && plan.passes.some((pass) => pass.subgroups))
    return { en: 'this adapter has no subgroups', zh: '此适配器不支持子组（subgroup）' };
  return tooLarge(plan, problem, device.caps);
}

/** Buffers are bound whole unless the plan says otherwise, and bindings have a limit of their own. */
function tooLarge<A>(
  { passes, scratch }: Plan,
  problem: Problem<A>,
  { limits }: Capabilities,
): Text | undefined {
  const most = limits.maxStorageBufferBindingSize;
  for (const { name, buffer = name, size } of passes.flatMap((pass) => pass.bindings)) {
    const spec = problem.inputs[buffer] ?? problem.outputs[buffer];
    const bytes = size ?? (spec ? byteLength(spec) : (scratch?.[buffer] ?? 0));
    if (bytes > most)
      return {
        en: `"${buffer}" binds ${bytesText(bytes)}, this GPU allows ${bytesText(most)} (maxStorageBufferBindingSize)`,
        zh: `“${buffer}”需绑定 ${bytesText(bytes)}，这块 GPU 最多允许 ${bytesText(most)}（maxStorageBufferBindingSize）`,
      };
  }
  return undefined;
}

/**
 * `tensors` holds the problem's inputs and outputs; scratch comes from `scope` and goes with it.
 * Throws `variant.unsupported`, `gpu.limit`, `gpu.memory`, `gpu.compile`.
 */
export async function bind<A>(
  device: Device,
  scope: Scope,
  kernel: Kernel<A>,
  problem: Problem<A>,
  tensors: Tensors,
  variant = kernel.defaultVariant(problem, device.caps),
): Promise<Bound> {
  const reason = unsupported(device, kernel, problem, variant);
  if (reason !== undefined) throw new LabError('variant.unsupported', { name: variant, reason });
  const plan = kernel.variants[variant]?.plan(problem, device.caps) ?? { passes: [] };
  return bindPlan(device, scope, plan, tensors, variant, { kernel: kernel.name, variant });
}

export async function bindPlan(
  device: Device,
  scope: Scope,
  plan: Plan,
  tensors: Tensors,
  variant: string,
  origin?: Origin,
): Promise<Bound> {
  const dtypeOf = (b: Binding): DType => b.dtype ?? tensors[b.buffer ?? b.name]?.dtype ?? 'f32';
  const compiled = await Promise.all(
    plan.passes.map((pass) =>
      device.pipelines.get(
        assemble(pass, dtypeOf, device.caps.f16),
        pass.entry ?? 'main',
        pass.bindings,
        origin,
      ),
    ),
  );
  const sizes = Object.entries(plan.scratch ?? {});
  const scratchBytes = sizes.reduce((sum, [, bytes]) => sum + bytes, 0);
  const scratch = Object.fromEntries(sizes.map(([name, bytes]) => [name, scope.buffer(name, bytes)]));
  const memoryOf = (binding: Binding): GPUBufferBinding => {
    const name = binding.buffer ?? binding.name;
    const tensor = tensors[name];
    const buffer = tensor?.buffer ?? scratch[name];
    if (!buffer) throw new LabError('input.missing', { name, allowed: Object.keys(tensors).join(', ') });
    const size = binding.size ?? (tensor?.offset === undefined ? undefined : ownBytes(tensor));
    const offset = (tensor?.offset ?? 0) + (binding.offset ?? 0);
    return { buffer, offset, ...(size === undefined ? {} : { size }) };
  };
  await allocated(plan.passes.flatMap((pass) => pass.bindings.map((binding) => memoryOf(binding).buffer)));
  const passes = await device.guard(() =>
    plan.passes.map((pass, i) => bindPass(device, pass, compiled[i] as Compiled, memoryOf)),
  );
  return { variant, passes, scratchBytes, compileMs: Math.max(0, ...compiled.map((c) => c.compileMs)) };
}

/**
 * The same pipelines and buffers with another plan's parameters and workgroups, at once: for frames, which may not
 * wait. `plan` must differ from what was bound in `params` and `groups` alone.
 */
export function reparametrise(bound: Bound, plan: Plan): Bound {
  const passes = bound.passes.map((pass, i) => {
    const { params = {}, groups = 0, flops = 0 } = plan.passes[i] ?? {};
    return { ...pass, params: encodeParams(Object.values(params)), groups, flops };
  });
  return { ...bound, passes };
}

function bindPass(
  device: Device,
  pass: Pass,
  compiled: Compiled,
  memoryOf: (b: Binding) => GPUBufferBinding,
): BoundPass {
  const bindGroup = device.gpu.createBindGroup({
    layout: compiled.layout,
    entries: [
      { binding: 0, resource: { buffer: device.ring, size: SLOT_BYTES } },
      ...pass.bindings.map((b, i) => ({ binding: i + 1, resource: memoryOf(b) })),
    ],
  });
  return {
    pipeline: compiled.pipeline,
    bindGroup,
    params: encodeParams(Object.values(pass.params ?? {})),
    groups: pass.groups,
    flops: pass.flops,
  };
}

/** One slot of the ring: the group base, then the parameters. */
export function encodeParams(values: readonly Scalar[]): ArrayBuffer {
  if (values.length >= SLOT_BYTES / 4) throw new RangeError(`${values.length} parameters in one pass`);
  const slot = new DataView(new ArrayBuffer(SLOT_BYTES));
  values.forEach((value, i) => {
    const at = 4 * (i + 1);
    if ('f32' in value) slot.setFloat32(at, value.f32, true);
    else if ('i32' in value) slot.setInt32(at, value.i32, true);
    else slot.setUint32(at, value.u32, true);
  });
  return slot.buffer;
}

/** The problem that `inputs` and `attrs` make, with its outputs inferred. */
export function problemOf<A>(kernel: Kernel<A>, inputs: Problem<A>['inputs'], attrs: A): Problem<A> {
  return { inputs, attrs, outputs: kernel.infer(inputs, attrs) };
}

export const totalBytes = (specs: Problem<unknown>['inputs']): number =>
  Object.values(specs).reduce((sum, spec) => sum + byteLength(spec), 0);
