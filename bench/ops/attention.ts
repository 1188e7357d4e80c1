/** Attention forward, full and causal: eight heads of 64, one batch, f32. */
import { tensor, type HostTensors } from '@/lib/tensor';
import type { Op, Task, Values } from '../contract';
import { swapMiddle } from '../layout';
import type { Graph } from '../peers/onnx';
import type { Tensors } from '../peers/tensorflow';

const sizes = [512, 1024];

const tasks: Task[] = sizes.flatMap((S) =>
  [false, true].map((causal) => ({
    op: causal ? 'attention.causal' : 'attention.full',
    shape: { B: 1, H: 8, S, D: 64 },
    attrs: { causal, scale: null, window: null },
    inputs: (random) =>
      Object.fromEntries(
        ['q', 'k', 'v'].map((name) => [name, tensor('f32', [1, 8, S, 64], random.normals(8 * S * 64))]),
      ),
  })),
);

/** B, H, S, D of a task; there are as many keys as queries. */
const dims = ({ shape }: Task): [number, number, number, number] => [
  shape.B ?? 1,
  shape.H ?? 1,
  shape.S ?? 1,
  shape.D ?? 1,
];
const isCausal = ({ attrs }: Task): boolean => attrs.causal === true;

/** [B, H, S, D] → [B, S, H, D]. */
const sequenceFirst = (inputs: HostTensors): HostTensors =>
  Object.fromEntries(
    Object.entries(inputs).map(([name, t]) => {
      const [B = 1, H = 1, S = 1, D = 1] = t.shape;
      return [name, tensor(t.dtype, [B, S, H, D], swapMiddle(t.data as Float32Array, [B, H, S, D]))];
    }),
  );
const headFirst = (values: Values, task: Task): Values => {
  const [B, H, S, D] = dims(task);
  return swapMiddle(values, [B, S, H, D]);
};

/** What is added to the scores: 0 where key t ≤ query s, else a number whose exponential is 0 in f32. */
function causalBias(S: number): Float32Array<ArrayBuffer> {
  const bias = new Float32Array(S * S);
  for (let s = 0; s < S; s++) bias.fill(-1e9, s * S + s + 1, (s + 1) * S);
  return bias;
}

function multiHead(task: Task): Graph {
  const [B, H, S, D] = dims(task);
  const packed = (name: string) => ({ name, shape: [B, S, H * D] });
  const attributes = { num_heads: H, ...(isCausal(task) && { unidirectional: 1 }) };
  return {
    inputs: ['q', 'k', 'v'].map(packed),
    outputs: [packed('o')],
    nodes: [
      {
        type: 'MultiHeadAttention',
        domain: 'com.microsoft',
        inputs: ['q', 'k', 'v'],
        outputs: ['o'],
        attributes,
      },
    ],
  };
}

function threeSteps(task: Task): Graph {
  const [B, H, S, D] = dims(task);
  const planes = (name: string) => ({ name, shape: [B, H, S, D] });
  const scale = { name: 'scale', shape: [1], data: Float32Array.of(1 / Math.sqrt(D)) };
  const bias = { name: 'bias', shape: [S, S], data: causalBias(S) };
  const mask = { type: 'Add', inputs: ['scores', 'bias'], outputs: ['masked'] };
  const causal = isCausal(task);
  return {
    inputs: ['q', 'k', 'v'].map(planes),
    outputs: [planes('o')],
    constants: causal ? [scale, bias] : [scale],
    nodes: [
      { type: 'Mul', inputs: ['q', 'scale'], outputs: ['scaled'] },
      { type: 'Transpose', inputs: ['k'], outputs: ['kT'], attributes: { perm: [0, 1, 3, 2] } },
      { type: 'MatMul', inputs: ['scaled', 'kT'], outputs: ['scores'] },
      ...(causal ? [mask] : []),
      {
        type: 'Softmax',
        inputs: [causal ? 'masked' : 'scores'],
        outputs: ['p'],
        attributes: { axis: 3 },
      },
      { type: 'MatMul', inputs: ['p', 'v'], outputs: ['o'] },
    ],
  };
}

export const op: Op = {
  kernel: 'attention',
  output: 'o',
  tasks,
  peers: {
    onnxruntime: [
      {
        name: 'MultiHeadAttention',
        note: 'com.microsoft operator; where subgroups are 4 wide its device has none, for it is wrong there',
        avoidsNarrowSubgroups: true,
        arrange: (inputs, task) => {
          const [B, H, S, D] = dims(task);
          return Object.fromEntries(
            Object.entries(sequenceFirst(inputs)).map(([name, t]) => [name, { ...t, shape: [B, S, H * D] }]),
          );
        },
        restore: headFirst,
        model: multiHead,
      },
      { name: 'MatMul+Softmax+MatMul', model: threeSteps },
    ],
    tensorflow: [
      {
        name: 'matMul+softmax+matMul',
        constants: (tf, task): Tensors => {
          const [, , S] = dims(task);
          return isCausal(task) ? { bias: tf.tensor2d(causalBias(S), [S, S]) } : {};
        },
        run: (tf, { q, k, v, bias }, task) => {
          const [, , , D] = dims(task);
          const scores = tf.matMul(q!.mul(1 / Math.sqrt(D)), k!, false, true);
          return tf.matMul(tf.softmax(bias ? scores.add(bias) : scores), v!);
        },
      },
    ],
    jax: [
      {
        name: 'nn.dotProductAttention',
        arrange: sequenceFirst,
        restore: headFirst,
        run: (jax, { q, k, v }, task) => jax.nn.dotProductAttention(q!, k!, v!, { isCausal: isCausal(task) }),
      },
      {
        name: 'numpy.matmul+nn.softmax',
        note: 'in our layout [B, H, S, D]',
        run: (jax, { q, k, v }, task) => {
          const np = jax.numpy;
          const [, , S, D] = dims(task);
          const scores = np.matmul(q!.mul(1 / Math.sqrt(D)), k!.transpose([0, 1, 3, 2]));
          const visible = isCausal(task)
            ? np.where(np.tri(S, S, 0, { dtype: np.bool }), scores, -1e9)
            : scores;
          return np.matmul(jax.nn.softmax(visible, -1), v!);
        },
      },
    ],
  },
};
