/**
 * A computation that is described once and run many times: operations on tensors append nodes, `compile` makes a
 * program of them.
 */
import type { Attribute, Kernel } from '@/gpu/kernel';
import { kernel as roundFormat } from '@/shaders/round-format/kernel';
import type { DeviceTensor } from '@/gpu/scope';
import { sizeOf, type TensorSpec } from '@/lib/tensor';

/** A value of the graph: [shape] of dtype, in memory once the graph is compiled. */
export class Tensor implements TensorSpec {
  /** Where it lives, if that is decided: memory of the caller's, or another tensor of the same size. */
  home?: DeviceTensor | Tensor;
  /** Read after the run: its memory is not given to later tensors. */
  kept = false;

  constructor(
    readonly graph: Graph,
    readonly label: string,
    readonly dtype: TensorSpec['dtype'],
    readonly shape: readonly number[],
    /** Gradients flow through it. */
    readonly differentiable: boolean,
  ) {}

  keep(): this {
    this.kept = true;
    return this;
  }
}

export type Named = Readonly<Record<string, Tensor>>;

/** From the gradient of a node's first output, the only one that has one, to those of its inputs. */
export type Gradient = (dy: Tensor, outputs: Named) => Record<string, Tensor>;

export interface Node {
  readonly kernel: Kernel;
  readonly attrs: Readonly<Record<string, unknown>>;
  readonly inputs: Named;
  readonly outputs: Named;
  readonly gradient: Gradient | undefined;
}

export class Graph {
  readonly nodes: Node[] = [];

  /** With `emulate`, values are rounded to that format whenever an operation has stored them in f32. */
  constructor(private readonly emulate?: 'bf16') {}

  /** A tensor whose memory the caller owns: data, weights, state. */
  tensor(memory: DeviceTensor, differentiable = false): Tensor {
    const t = new Tensor(this, memory.label, memory.dtype, memory.shape, differentiable);
    t.home = memory;
    return t;
  }

  /** The same values under another shape. */
  reshape(x: Tensor, shape: readonly number[]): Tensor {
    if (sizeOf(shape) !== sizeOf(x.shape))
      throw new RangeError(`[${x.shape.join(', ')}] cannot be seen as [${shape.join(', ')}]`);
    const y = new Tensor(this, x.label, x.dtype, shape, x.differentiable);
    y.home = x;
    const gradient: Gradient = (dy) => ({ x: this.reshape(dy, x.shape) });
    this.nodes.push({ kernel: nothing, attrs: {}, inputs: { x }, outputs: { y }, gradient });
    return y;
  }

  /** Appends one call of `kernel`; throws what its `infer` throws for inputs that do not fit. */
  apply<A>(kernel: Kernel<A>, inputs: Named, attrs: Partial<A>, gradient?: Gradient): Record<string, Tensor> {
    const all = { ...defaults(kernel.attrs), ...attrs } as A;
    const differentiable =
      gradient !== undefined && Object.values(inputs).some((input) => input.differentiable);
    const outputs: Record<string, Tensor> = {};
    for (const [name, spec] of Object.entries(kernel.infer(inputs, all))) {
      const y = new Tensor(this, `${kernel.name}.${name}`, spec.dtype, spec.shape, differentiable);
      // An output with an input's name is that input changed in place.
      const updated = inputs[name];
      if (updated) y.home = updated;
      outputs[name] = y;
    }
    this.nodes.push({
      kernel: kernel as unknown as Kernel,
      attrs: all as Record<string, unknown>,
      inputs,
      outputs,
      gradient: differentiable ? gradient : undefined,
    });
    if (this.emulate !== undefined) this.round(kernel, inputs, all, outputs, this.emulate);
    return outputs;
  }

  /** What takes the type of the inputs is rounded in place; statistics and losses are f32 whatever they are of. */
  private round<A>(kernel: Kernel<A>, inputs: Named, attrs: A, outputs: Named, format: 'bf16'): void {
    const halves = Object.fromEntries(
      Object.entries(inputs).map(([name, { dtype, shape }]) => {
        const input = kernel.inputs[name];
        const halved = dtype === 'f32' && input?.dtypes.includes('f16');
        return [name, { dtype: halved ? ('f16' as const) : dtype, shape }];
      }),
    );
    for (const [name, { dtype }] of Object.entries(kernel.infer(halves, attrs))) {
      const x = outputs[name];
      if (dtype !== 'f16' || x?.dtype !== 'f32') continue;
      const rounded = new Tensor(this, x.label, x.dtype, x.shape, false);
      rounded.home = x;
      const node = { inputs: { x }, outputs: { x: rounded }, attrs: { format, flush: false } };
      this.nodes.push({ ...node, kernel: roundFormat as unknown as Kernel, gradient: undefined });
    }
  }
}

/** What a reshape runs. */
export const nothing = { name: 'reshape' } as Kernel;

const defaults = (attrs: Readonly<Record<string, Attribute>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(attrs).map(([name, attr]) => [name, attr.default]));
