/** One step of EDM's Heun sampler over the exact denoiser of a Gaussian mixture in the plane, f32. */
import { tensor, valuesOf, type HostTensors } from '@/lib/tensor';
import { mixtures } from '@/methods/diffusion/data';
import { packed } from '@/methods/diffusion/mixture';
import { processes } from '@/methods/diffusion/process';
import { steps } from '@/methods/diffusion/samplers';
import { edmSigmas } from '@/methods/diffusion/schedules';
import { STAGE, tableOf, type Stage } from '@/shaders/lib/stages';
import type { Op } from '../contract';
import type { Jax } from '../peers/jax';

const n = 131072;
const components = packed(mixtures.ring);
const K = components.length / 8;
/** From σ = 1.09 to 0.585, the eleventh step of eighteen: Euler's and the correction. */
const stages = steps(processes.edm(), 'heun', edmSigmas(18, { sigmaMin: 0.002, sigmaMax: 80 }))[11]!.stages;

/** Columns of the components and of x, so that everything broadcasts to [n, K] without a gather. */
function columns(inputs: HostTensors): HostTensors {
  const x = valuesOf(inputs.x!);
  const column = (values: ArrayLike<number>, width: number, j: number): Float32Array<ArrayBuffer> =>
    Float32Array.from({ length: values.length / width }, (_, i) => values[width * i + j]!);
  const names = ['logw', 'mx', 'my', 'cos', 'sin', 'l1', 'l2'];
  return {
    x: tensor('f32', [n, 1], column(x, 2, 0)),
    y: tensor('f32', [n, 1], column(x, 2, 1)),
    ...Object.fromEntries(
      names.map((name, j) => [name, tensor('f32', [1, K], column(components, 8, j))] as const),
    ),
  };
}

type Array = InstanceType<Jax['Array']>;

/** D at (x, y), both [n, 1]; `of` gives a reference of a column. */
function denoise(
  jax: Jax,
  of: (name: string) => Array,
  x: Array,
  y: Array,
  { s, std }: Stage,
): [Array, Array] {
  const variance = (name: string) =>
    of(name)
      .mul(s * s)
      .add(std * std);
  const dx = x.sub(of('mx').mul(s));
  const dy = y.sub(of('my').mul(s));
  const u = of('cos').mul(dx.ref).add(of('sin').mul(dy.ref));
  const v = of('cos').mul(dy).sub(of('sin').mul(dx));
  const [p, q] = [variance('l1'), variance('l2')];
  const squares = u.ref.mul(u.ref).div(p.ref).add(v.ref.mul(v.ref).div(q.ref));
  const logs = of('logw').sub(squares.add(jax.numpy.log(p.ref.mul(q.ref))).mul(0.5));
  const shares = jax.nn.softmax(logs, -1);
  const a = of('l1').mul(s).mul(u).div(p);
  const b = of('l2').mul(s).mul(v).div(q);
  const mx = of('mx').add(of('cos').mul(a.ref)).sub(of('sin').mul(b.ref));
  const my = of('my').add(of('sin').mul(a)).add(of('cos').mul(b));
  const mean = (m: Array, w: Array): Array => jax.numpy.sum(w.mul(m), -1, { keepdims: true });
  return [mean(mx, shares.ref), mean(my, shares)];
}

export const op: Op = {
  kernel: 'mixture-steps',
  output: 'x',
  tasks: [
    {
      op: 'sampler-step',
      shape: { particles: n, components: K, stages: stages.length },
      attrs: { seed: 1, first: 0, count: stages.length },
      inputs: (random) => ({
        x: tensor('f32', [n, 2], random.normals(2 * n, 1.3)),
        h: tensor('f32', [n, 2], new Float32Array(2 * n)),
        a: tensor('f32', [n, 2], new Float32Array(2 * n)),
        table: tensor('f32', [stages.length, STAGE], tableOf(stages)),
        components: tensor('f32', [K, 8], components),
        control: tensor('f32', [4], [1, 0, 0, 0]),
      }),
    },
  ],
  peers: {
    jax: [
      {
        name: 'numpy and nn.softmax',
        note: 'the whole step in one jitted function',
        arrange: columns,
        run(jax, arrays) {
          const of = (name: string): Array => arrays[name]!.ref;
          const [first, second] = stages as [Stage, Stage];
          const [x, y] = [of('x'), of('y')];
          const [dx, dy] = denoise(jax, of, x.ref, y.ref, first);
          const ahead = (p: Array, d: Array): Array => p.mul(first.x[0]).add(d.mul(first.x[3]));
          const kept = (p: Array, d: Array): Array => p.mul(first.a[0]).add(d.mul(first.a[3]));
          const [x1, y1] = [ahead(x.ref, dx.ref), ahead(y.ref, dy.ref)];
          const [ax, ay] = [kept(x, dx), kept(y, dy)];
          const [ex, ey] = denoise(jax, of, x1.ref, y1.ref, second);
          const last = (p: Array, a: Array, d: Array): Array =>
            p.mul(second.x[0]).add(a.mul(second.x[2])).add(d.mul(second.x[3]));
          return jax.numpy.concatenate([last(x1, ax, ex), last(y1, ay, ey)], -1);
        },
      },
    ],
  },
};
