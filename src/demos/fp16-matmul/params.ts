/** The parameters, by their one name: in links, on the command line, in sweeps. */
import { choice, file, range, seed, type Params as Values, type ParamsOf } from '@/lab/schema';

const size = { en: 'Problem', zh: '问题规模' };
const how = { en: 'How it is summed', zh: '如何累加' };
const source = { en: 'Input', zh: '输入' };
/** A file brings its own numbers: moving what they would be drawn from lets go of it. */
const drawn = { with: ({ tensors }: Values): Values => (tensors === null ? {} : { tensors: null }) } as const;
const extent = { min: 1, max: 8192, default: 256, integer: true, scale: 'log', ...drawn } as const;

export const params = {
  m: range({ label: { en: 'Rows M', zh: '行数 M' }, group: size, ...extent }),
  n: range({ label: { en: 'Columns N', zh: '列数 N' }, group: size, ...extent }),
  k: range({
    label: { en: 'Terms of each sum K', zh: '每个和的项数 K' },
    help: {
      en: 'Each element of C is a sum of K products. A file brings its own sizes.',
      zh: 'C 的每个元素是 K 个乘积之和。文件则以自身尺寸为准。',
    },
    group: size,
    ...{ ...extent, max: 262144 },
  }),
  storage: choice({
    label: { en: 'Storage', zh: '存储类型' },
    help: {
      en: 'Of A, B and C. Without native f16, halves are stored packed in pairs.',
      zh: 'A、B、C 的类型。没有原生 f16 的设备会把两个半精度数打包存储。',
    },
    group: how,
    options: { f32: { en: 'f32', zh: 'f32' }, f16: { en: 'f16', zh: 'f16' } },
    default: 'f16',
    // Single precision has one way to sum.
    with: () => ({ accumulate: 'f32' }),
  }),
  accumulate: choice({
    label: { en: 'Sums in', zh: '累加精度' },
    help: {
      en: 'Chunked: 32 terms in f16, the chunks’ sums in f32.',
      zh: '分块：每 32 项用 f16 累加，各块之和再用 f32 相加。',
    },
    group: how,
    options: {
      f32: { en: 'f32', zh: 'f32' },
      chunked: { en: 'f16 in chunks, promoted to f32', zh: 'f16 分块，提升到 f32' },
      f16: { en: 'f16 throughout', zh: '全程 f16' },
    },
    default: 'f32',
    with: () => ({ storage: 'f16' }),
  }),
  variant: choice({
    label: { en: 'Kernel', zh: '内核' },
    group: how,
    options: {
      auto: { en: 'best known here', zh: '本机已知最快' },
      naive: { en: 'naive: one element by itself', zh: '朴素：逐元素计算' },
      tiled: { en: 'tiles in workgroup memory', zh: '工作组内存分块' },
      register: { en: 'registers only', zh: '仅用寄存器' },
      quad: { en: 'registers, loads shared by quads', zh: '寄存器，四通道组共享加载' },
      'quad-wide': { en: 'the same, four times the tile', zh: '同上，四倍大的分块' },
      subgroup: { en: 'subgroups', zh: '子组' },
      gemv: { en: 'few rows, K split (M ≤ 8)', zh: '少数几行，拆分 K（M ≤ 8）' },
      'gemv-register': { en: 'few rows, registers only (M ≤ 8)', zh: '少数几行，仅用寄存器（M ≤ 8）' },
    },
    default: 'auto',
  }),
  distribution: choice({
    label: { en: 'Numbers', zh: '数值分布' },
    help: {
      en: 'Drawn from the seed; a file replaces them.',
      zh: '由种子生成；选择文件后以文件为准。',
    },
    group: source,
    options: {
      normal: { en: 'standard normal', zh: '标准正态' },
      wide: { en: 'wide: exponents from −10 to 4', zh: '宽范围：指数从 −10 到 4' },
      cancelling: { en: 'cancelling: the sum goes up and comes back', zh: '相消：和先增大再回落' },
      outlier: { en: 'outlier: one channel 4096 times the rest', zh: '离群：一个通道是其余的 4096 倍' },
      positive: { en: 'positive: uniform in (0, 1)', zh: '全正：(0, 1) 均匀分布' },
    },
    default: 'normal',
    ...drawn,
  }),
  seed: seed({ group: source, ...drawn }),
  tensors: file({
    label: { en: 'Matrices a, b', zh: '矩阵 a、b' },
    help: {
      en: 'safetensors: a [M, K] and b [K, N], both of one float type; stored as chosen above.',
      zh: 'safetensors 文件：a [M, K] 与 b [K, N]，浮点类型须一致；按上面选择的类型存储。',
    },
    group: source,
    accept: '.safetensors',
    remote: true,
  }),
};

export type Params = ParamsOf<typeof params>;
export type Distribution = Params['distribution'];
