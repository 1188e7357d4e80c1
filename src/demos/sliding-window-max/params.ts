/** The parameters, by their one name: in links, on the command line, in sweeps. */
import { choice, file, range, seed, type ParamsOf } from '@/lab/schema';

const problem = { en: 'Problem', zh: '问题' };
const input = { en: 'Input', zh: '输入' };
const how = { en: 'How it runs', zh: '运行方式' };

/** Samples at most: what most adapters can bind at once with room for two running maxima. */
export const MOST = 2 ** 24;
/** The textbook's series, LeetCode 239. */
export const TEXTBOOK = [1, 3, -1, -3, 5, 3, 6, 7];
/** Side of the drawn picture. */
export const PICTURE = 256;

/** Size and seed are those of a made series: the textbook, pictures and files have their own. */
const forSeries = ({ source }: Record<string, unknown>): { source?: string } =>
  source === 'random' || source === 'walk' ? {} : { source: 'random' };

export const params = {
  k: range({
    label: { en: 'Window k', zh: '窗口宽度 k' },
    help: {
      en: 'Samples in a window, from 1 to all of them. In an image the window is k × k.',
      zh: '每个窗口包含的样本数，从 1 到全部。图像的窗口为 k × k。',
    },
    group: problem,
    ...{ min: 1, max: MOST, default: 3, integer: true, scale: 'log' },
  }),
  n: range({
    label: { en: 'Samples n', zh: '样本数 n' },
    help: {
      en: 'For series made from the seed. An image has ⌊√n⌋ rows and columns; the textbook, pictures and files bring their own size.',
      zh: '用于由种子生成的序列。图像取 ⌊√n⌋ 行、⌊√n⌋ 列；教科书例子、图画和文件以自身大小为准。',
    },
    group: problem,
    with: forSeries,
    ...{ min: 1, max: MOST, default: 2 ** 20, integer: true, scale: 'log' },
  }),
  shape: choice({
    label: { en: 'Shape', zh: '形状' },
    group: problem,
    options: {
      '1d': { en: 'series', zh: '序列（一维）' },
      '2d': { en: 'image', zh: '图像（二维）' },
    },
    default: '1d',
  }),
  source: choice({
    label: { en: 'Source', zh: '数据来源' },
    group: input,
    options: {
      textbook: { en: 'textbook example', zh: '教科书例子' },
      random: { en: 'seeded random', zh: '带种子的随机数' },
      walk: { en: 'seeded random walk', zh: '带种子的随机游走' },
      file: { en: 'your numbers or image', zh: '自己的数据或图像' },
    },
    default: 'textbook',
  }),
  data: file({
    label: { en: 'Numbers or image', zh: '数据或图像文件' },
    help: {
      en: 'Numbers as text or CSV (as a series, or a line for each row of an image), or an image, whose brightness is taken.',
      zh: '文本或 CSV 中的数字（作为序列，或每行文本对应图像的一行），也可以是图像（取其亮度）。',
    },
    group: input,
    accept: '.csv,.txt,.tsv,image/*',
    with: () => ({ source: 'file' }),
    payload: true,
  }),
  seed: seed({ group: input, with: forSeries }),
  dtype: choice({
    label: { en: 'Numbers', zh: '数值类型' },
    group: how,
    options: { f32: { en: 'f32', zh: 'f32' }, i32: { en: 'i32 (rounded)', zh: 'i32（取整）' } },
    default: 'f32',
  }),
  variant: choice({
    label: { en: 'Kernel', zh: '内核' },
    group: how,
    options: {
      auto: { en: 'best known here', zh: '本机已知最快' },
      naive: { en: 'naive: every window by itself', zh: '朴素：每个窗口单独扫描' },
      doubling: { en: 'log-step doubling', zh: '对数步倍增' },
      'van-herk': { en: 'van Herk/Gil–Werman', zh: 'van Herk/Gil–Werman' },
      register: { en: 'van Herk in registers', zh: '寄存器版 van Herk' },
    },
    default: 'auto',
  }),
};

export type Params = ParamsOf<typeof params>;

/** Largest window that the parameters alone allow; a file's size is known once it is read. */
export function mostK({ n, shape, source }: Pick<Params, 'n' | 'shape' | 'source'>): number {
  if (source === 'file') return MOST;
  if (source === 'textbook') return shape === '1d' ? TEXTBOOK.length : PICTURE;
  return shape === '1d' ? n : Math.floor(Math.sqrt(n));
}
