/** The parameters, by their one name: in links, on the command line, in sweeps. */
import { choice, file, range, seed, toggle, type ParamsOf } from '@/lab/schema';

const size = { en: 'Problem', zh: '问题规模' };
const restriction = { en: 'What may be seen', zh: '可见范围' };
const how = { en: 'How it runs', zh: '运行方式' };
const source = { en: 'Input', zh: '输入' };

export const params = {
  n: range({
    label: { en: 'Sequence length N', zh: '序列长度 N' },
    help: {
      en: 'Queries and keys. An image is cut into ⌊√N⌋² patches; a file brings its own sizes.',
      zh: '查询与键的个数。图像会切成 ⌊√N⌋² 个图块；文件则以自身尺寸为准。',
    },
    group: size,
    ...{ min: 16, max: 65536, default: 512, integer: true, scale: 'log' },
  }),
  heads: range({
    label: { en: 'Query heads H', zh: '查询头数 H' },
    group: size,
    ...{ min: 1, max: 32, default: 1, integer: true },
  }),
  'kv-heads': range({
    label: { en: 'Key/value heads', zh: '键值头数' },
    help: {
      en: '0: as many as query heads. Fewer: each is shared by a group (grouped-query attention).',
      zh: '0 表示与查询头数相同；更少时每个键值头由一组查询头共用（分组查询注意力 GQA）。',
    },
    group: size,
    ...{ min: 0, max: 32, default: 0, integer: true },
  }),
  'head-dim': range({
    label: { en: 'Head size D', zh: '每头维度 D' },
    group: size,
    ...{ min: 16, max: 256, default: 64, integer: true, step: 4 },
  }),
  batch: range({
    label: { en: 'Batch', zh: '批大小' },
    group: size,
    ...{ min: 1, max: 16, default: 1, integer: true },
  }),
  causal: toggle({
    label: { en: 'Causal', zh: '因果掩码' },
    help: {
      en: 'A query sees no later key; tiles above the diagonal are skipped.',
      zh: '查询看不到后面的键；对角线以上的块整块跳过。',
    },
    group: restriction,
    default: false,
  }),
  window: range({
    label: { en: 'Window', zh: '滑动窗口' },
    help: {
      en: '0: off. Else a query sees only keys closer than this.',
      zh: '0 表示关闭；否则查询只能看到距离小于该值的键。',
    },
    group: restriction,
    ...{ min: 0, max: 4096, default: 0, integer: true },
  }),
  dtype: choice({
    label: { en: 'Storage', zh: '存储类型' },
    help: {
      en: 'Sums are f32 either way; without native f16 it is stored packed.',
      zh: '两种类型都以 f32 累加；没有原生 f16 的设备会打包存储。',
    },
    group: how,
    options: { f32: { en: 'f32', zh: 'f32' }, f16: { en: 'f16', zh: 'f16' } },
    default: 'f32',
  }),
  variant: choice({
    label: { en: 'Kernel', zh: '内核' },
    group: how,
    options: {
      auto: { en: 'best known here', zh: '本机已知最快' },
      naive: { en: 'naive: the N×N matrix in memory', zh: '朴素：N×N 矩阵写入内存' },
      tiled: { en: 'flash: tiles in workgroup memory', zh: 'Flash：工作组内存分块' },
      register: { en: 'flash: registers only', zh: 'Flash：仅用寄存器' },
      quad: { en: 'flash: registers, loads shared by quads', zh: 'Flash：寄存器，四通道组共享加载' },
      subgroup: { en: 'flash: subgroups', zh: 'Flash：子组' },
      split: { en: 'split over keys, for decoding', zh: '沿键切分，用于解码' },
      'split-register': { en: 'split over keys, registers only', zh: '沿键切分，仅用寄存器' },
    },
    default: 'auto',
  }),
  seed: seed({ group: source }),
  input: choice({
    label: { en: 'Input', zh: '输入' },
    group: source,
    options: {
      random: { en: 'seeded random', zh: '带种子的随机数' },
      image: { en: 'an image, patch by patch', zh: '图像（逐图块）' },
      file: { en: 'q, k, v from a file', zh: '文件中的 q、k、v' },
    },
    default: 'random',
  }),
  image: file({
    label: { en: 'Image', zh: '图像' },
    help: { en: 'Without one, a drawn picture is used.', zh: '不选择时使用内置的图画。' },
    group: source,
    accept: 'image/*',
    with: () => ({ input: 'image' }),
  }),
  tensors: file({
    label: { en: 'Tensors q, k, v', zh: '张量 q、k、v' },
    help: {
      en: 'safetensors: q [B,H,S,D], k and v [B,Hkv,T,D]; leading sizes of 1 may be missing.',
      zh: 'safetensors 文件：q [B,H,S,D]，k、v [B,Hkv,T,D]；前面大小为 1 的维可以省略。',
    },
    group: source,
    accept: '.safetensors',
    with: () => ({ input: 'file' }),
  }),
};

export type Params = ParamsOf<typeof params>;
