/** The demo where there is no GPU: the tuned CPU baseline computes, and says so. */
import { problemOf } from '@/gpu/bind';
import type { Check, Measurement } from '@/lab/report';
import type { CpuContext, MeasurePoint, Metrics, Session } from '@/lab/session';
import { compare } from '@/lib/compare';
import { LabError } from '@/lib/errors';
import { Random } from '@/lib/random';
import { tensor, valuesOf, type HostTensor, type HostTensors } from '@/lib/tensor';
import { kernel as backward } from '@/shaders/attention-backward/kernel';
import { dims, visiblePairs } from '@/shaders/attention/dims';
import { kernel } from '@/shaders/attention/kernel';
import { measureKernel, type Bench } from '@/shaders/measure';
import { sampleRows } from '@/gpu/rows';
import { attrsOf, normals, random, shapeIn, shapeOf, type Inputs, type Shape } from './inputs';
import { tasksOf } from './measure';
import type { Params } from './params';
import { Probabilities } from './probability';

const ROWS = 256;

export class CpuSession implements Session<Params> {
  readonly tensors = ['q', 'k', 'v', 'o', 'lse'];
  private result:
    { readonly o: HostTensor; readonly lse: HostTensor; readonly probabilities: Probabilities } | undefined;

  constructor(
    private readonly ctx: CpuContext,
    private params: Params,
    private readonly inputs: Inputs,
  ) {}

  get shape(): Shape {
    const { q, k } = this.inputs.tensors;
    return shapeIn(q, k);
  }

  get picture(): Inputs['picture'] {
    return this.inputs.picture;
  }

  get ready(): boolean {
    return this.result !== undefined;
  }

  get probabilities(): Probabilities {
    return this.current().probabilities;
  }

  update(params: Params, changed: readonly (keyof Params)[]): 'live' | 'restart' {
    if (changed.some((name) => name !== 'causal' && name !== 'window' && name !== 'variant'))
      return 'restart';
    this.params = params;
    return 'live';
  }

  async step(_n: number, signal: AbortSignal): Promise<Metrics> {
    const { tensors } = this.inputs;
    const attrs = attrsOf(this.params);
    const { outputs, result } = await this.compute(tensors, signal);
    this.result = { ...result, probabilities: new Probabilities(tensors, attrs, result.lse) };
    const d = dims({ inputs: tensors, attrs });
    const flashBytes = 4 * outputs.lse!.shape.reduce((a, b) => a * b, 1);
    return {
      flops: 4 * d.B * d.H * d.D * visiblePairs(d),
      seen: (100 * visiblePairs(d)) / (d.S * d.T),
      naiveBytes: 4 * d.B * d.H * d.S * d.T,
      flashBytes,
    };
  }

  async *measure(
    { params, series, budgetMs }: MeasurePoint<Params>,
    signal: AbortSignal,
  ): AsyncGenerator<Measurement> {
    // What `measureKernel` gets of the bench without variants is the pool.
    const bench = { pool: this.ctx.pool } as Bench;
    const shape = params.input === 'random' ? shapeOf(params) : this.shape;
    for (const { name, cpu } of tasksOf(series, params.dtype)) {
      let inputs: HostTensors = await random(shape, 'f32', params.seed, signal);
      const common = { name, dtype: 'f32', variants: [], cpu, budgetMs, signal };
      if (name === 'attention.decode') {
        const q = await normals('f32', [shape.B, shape.H, 1, shape.D], new Random(params.seed, 4), signal);
        inputs = { ...inputs, q };
      }
      const attrs = attrsOf(params);
      if (name === 'attention.backward') {
        const { result } = await this.compute(inputs, signal);
        const grad = await normals('f32', result.o.shape, new Random(params.seed, 5), signal);
        inputs = { ...inputs, ...result, do: grad };
        yield* measureKernel(bench, backward, inputs, attrs, { ...common, shape: { ...shape } });
      } else {
        const S = name === 'attention.decode' ? 1 : shape.S;
        yield* measureKernel(bench, kernel, inputs, attrs, { ...common, shape: { ...shape, S } });
      }
    }
  }

  async verify(signal: AbortSignal): Promise<readonly Check[]> {
    const { o, lse } = this.current();
    const { tensors } = this.inputs;
    const { B, H, S } = this.shape;
    const total = B * H * S;
    const rows = sampleRows(total, ROWS);
    const expected = await this.ctx.pool.reference('attention', tensors, attrsOf(this.params), rows, signal);
    return [o, lse].map((t, i): Check => {
      const name = i === 0 ? 'o' : 'lse';
      const values = valuesOf(t);
      const width = values.length / total;
      const found = rows.flatMap((row) => Array.from(values.subarray(row * width, (row + 1) * width)));
      const { relError, maxAbsError, notFinite } = compare(found, expected[name] ?? [], rows.length);
      const tolerance = 1e-5;
      const pass = notFinite === 0 && relError <= tolerance;
      return {
        name: `attention.forward.${name}`,
        maxAbsError,
        relError,
        tolerance,
        rowsChecked: rows.length,
        rows: total,
        pass,
      };
    });
  }

  read(name: string): Promise<HostTensor> {
    const { o, lse } = this.current();
    const found = ({ ...this.inputs.tensors, o, lse } as Readonly<Record<string, HostTensor | undefined>>)[
      name
    ];
    if (!found) throw new LabError('input.unknown', { name, allowed: this.tensors.join(', ') });
    return Promise.resolve(found);
  }

  /** The result follows from the parameters alone. */
  snapshot(): Promise<Uint8Array<ArrayBuffer>> {
    return Promise.resolve(new Uint8Array(0));
  }

  restore(): Promise<void> {
    return Promise.resolve();
  }

  private async compute(inputs: HostTensors, signal: AbortSignal) {
    const attrs = attrsOf(this.params);
    const problem = problemOf(kernel, inputs, attrs);
    const { outputs } = problem;
    const found = await this.ctx.pool.compute('attention', inputs, attrs, kernel.rows(problem), signal);
    const o = tensor('f32', outputs.o!.shape, found.o!);
    return { outputs, result: { o, lse: tensor('f32', outputs.lse!.shape, found.lse!) } };
  }

  private current() {
    if (!this.result) throw new Error('nothing was computed yet');
    return this.result;
  }
}
