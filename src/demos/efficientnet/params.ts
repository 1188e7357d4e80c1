/** The parameters, by their one name: in links, on the command line, in sweeps. */
import { choice, file, range, seed, toggle, type Params as Values, type ParamsOf } from '@/lab/schema';

const scaling = { en: 'Compound scaling', zh: '复合缩放' };
const run = { en: 'How it runs', zh: '运行方式' };

const image = { en: 'Classify', zh: '分类' };

/** Made images that are offered. */
export const SIGNS = 24;
/** B0's resolution. */
export const BASE = 224;
/** The published α, β, γ: found by a grid search on B0. */
export const published = { alpha: 1.2, beta: 1.1, gamma: 1.15 } as const;

const bySliders = { with: (): Values => ({ network: 'scaled' }) } as const;
const both = (text: string) => ({ en: text, zh: text });

export const params = {
  network: choice({
    label: { en: 'Network', zh: '网络' },
    help: {
      en: 'A published one, with its rounded width, depth and resolution, or what the sliders say. Moving a slider takes the sliders.',
      zh: '已发布的网络（宽度、深度、分辨率已取整），或由滑块决定。移动滑块即改用滑块的值。',
    },
    group: scaling,
    options: {
      scaled: { en: 'by α, β, γ and φ', zh: '由 α、β、γ、φ 决定' },
      b0: both('B0'),
      b1: both('B1'),
      b2: both('B2'),
      b3: both('B3'),
      b4: both('B4'),
      b5: both('B5'),
      b6: both('B6'),
      b7: both('B7'),
    },
    default: 'scaled',
  }),
  phi: range({
    label: { en: 'Compound coefficient φ', zh: '复合系数 φ' },
    help: {
      en: 'How many times over there are resources for: each whole φ costs αβ²γ² times the multiply-adds.',
      zh: '可用资源翻了几番：φ 每增加 1，乘加次数变为 αβ²γ² 倍。',
    },
    group: scaling,
    ...{ min: 0, max: 7, default: 0, step: 0.1 },
    ...bySliders,
  }),
  alpha: range({
    label: { en: 'Depth α', zh: '深度 α' },
    help: { en: 'Layers grow by α^φ.', zh: '层数按 α^φ 增长。' },
    group: scaling,
    ...{ min: 1, max: 2, default: published.alpha, step: 0.01 },
    ...bySliders,
  }),
  beta: range({
    label: { en: 'Width β', zh: '宽度 β' },
    help: {
      en: 'Channels grow by β^φ, and multiply-adds with their square.',
      zh: '通道数按 β^φ 增长，乘加次数随其平方增长。',
    },
    group: scaling,
    ...{ min: 1, max: 1.5, default: published.beta, step: 0.01 },
    ...bySliders,
  }),
  gamma: range({
    label: { en: 'Resolution γ', zh: '分辨率 γ' },
    help: {
      en: 'The image’s side grows by γ^φ, and multiply-adds with its square.',
      zh: '图像边长按 γ^φ 增长，乘加次数随其平方增长。',
    },
    group: scaling,
    ...{ min: 1, max: 1.5, default: published.gamma, step: 0.01 },
    ...bySliders,
  }),
  resolution: range({
    label: { en: 'Resolution at φ = 0', zh: 'φ = 0 时的分辨率' },
    help: {
      en: 'B0 was made for 224 × 224. Smaller images leave parameters as they are and cost less time.',
      zh: 'B0 为 224 × 224 设计。更小的图像不改变参数量，但用时更少。',
    },
    group: run,
    ...{ min: 32, max: 320, default: BASE, integer: true, step: 4, unit: 'px' },
  }),
  seed: seed({
    group: run,
    label: { en: 'Seed of weights and image', zh: '权重与图像的随机种子' },
  }),
  sign: range({
    label: { en: 'Made image', zh: '生成的图像' },
    help: {
      en: 'Which of the images of signs is classified, none of which a training saw.',
      zh: '对哪一张标志图像分类；训练从未见过其中任何一张。',
    },
    group: image,
    ...{ min: 1, max: SIGNS, default: 1, integer: true },
    applies: ({ image: own }: Values): boolean => own === null,
  }),
  image: file({
    label: { en: 'Your image', zh: '自己的图像' },
    group: image,
    accept: 'image/*',
    payload: true,
  }),
  weights: file({
    label: { en: 'Your EfficientNet', zh: '自己的 EfficientNet' },
    help: {
      en: 'A checkpoint by timm’s or torchvision’s names, of any width and depth; with a thousand classes the names are ImageNet’s. Without one, the classifier of signs that this site trained.',
      zh: '采用 timm 或 torchvision 命名的检查点，宽度与深度不限；若有一千类，则用 ImageNet 的类名。不提供时使用本站训练的标志分类器。',
    },
    group: image,
    accept: '.safetensors',
    remote: true,
  }),
  tensorflow: toggle({
    label: { en: 'Weights ported from TensorFlow (tf_…)', zh: '权重移植自 TensorFlow（tf_…）' },
    help: {
      en: 'Their names are timm’s, but they expect TensorFlow’s padding and ε.',
      zh: '命名与 timm 相同，但使用 TensorFlow 的填充方式与 ε。',
    },
    group: image,
    default: false,
    applies: ({ weights }: Values): boolean => weights !== null,
  }),
};

export type Params = ParamsOf<typeof params>;

/**
 * By how much one more φ multiplies the multiply-adds (Tan & Le 2019, eq. 3): depth counts once, width and resolution
 * twice. The constraint is αβ²γ² ≈ 2.
 */
export const growthOf = ({ alpha, beta, gamma }: Pick<Params, 'alpha' | 'beta' | 'gamma'>): number =>
  alpha * beta ** 2 * gamma ** 2;
