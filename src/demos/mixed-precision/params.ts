/** The parameters, by their one name: in links, on the command line, in sweeps. */
import { choice, file, range, seed, type ParamsOf } from '@/lab/schema';

const what = { en: 'What is trained', zh: '训练什么' };
const how = { en: 'Precision', zh: '精度' };
const training = { en: 'Training, the same for all modes', zh: '训练（各模式相同）' };

export const modeLabels = {
  fp32: { en: 'FP32', zh: 'FP32' },
  fp16: { en: 'pure FP16', zh: '纯 FP16' },
  'fp16-master': { en: 'FP16, master weights', zh: 'FP16＋主权重' },
  'fp16-static': { en: 'FP16, static loss scale', zh: 'FP16＋静态损失缩放' },
  'fp16-dynamic': { en: 'FP16, dynamic loss scale', zh: 'FP16＋动态损失缩放' },
  bf16: { en: 'BF16, master weights', zh: 'BF16＋主权重' },
} as const;
export type Mode = keyof typeof modeLabels;

export const params = {
  task: choice({
    label: { en: 'Task', zh: '任务' },
    group: what,
    options: {
      mlp: { en: 'digits, perceptron', zh: '数字识别（多层感知机）' },
      cnn: { en: 'digits, convolutions', zh: '数字识别（卷积网络）' },
      char: { en: 'text, transformer', zh: '文本（Transformer）' },
    },
    default: 'mlp',
  }),
  text: file({
    label: { en: 'Your own text', zh: '自己的文本' },
    help: {
      en: 'UTF-8 text, 1000 characters to 50 MB. Its last tenth is held out. Without one, a grammar writes endlessly.',
      zh: 'UTF-8 文本，1000 个字符到 50 MB，最后十分之一留作测试。不提供时由文法不断生成。',
    },
    group: what,
    accept: '.txt,.md,text/*',
    payload: true,
    with: () => ({ task: 'char' }),
  }),
  mode: choice({
    label: { en: 'Mode', zh: '模式' },
    help: {
      en: 'The one whose figures stand below, in the report and on the command line.',
      zh: '下方、报告和命令行中的数字都属于这个模式。',
    },
    group: how,
    options: modeLabels,
    default: 'fp16-dynamic',
  }),
  beside: choice({
    label: { en: 'Beside it', zh: '同时训练' },
    help: {
      en: 'Modes that train side by side, on the same batches from the same first weights.',
      zh: '从相同的初始权重出发、用相同的批次并排训练的模式。',
    },
    group: how,
    options: {
      none: { en: 'nothing', zh: '无' },
      fp32: { en: 'FP32', zh: 'FP32' },
      repair: { en: 'FP32, pure FP16, dynamic', zh: 'FP32、纯 FP16、动态缩放' },
      all: { en: 'all six', zh: '全部六种' },
    },
    default: 'repair',
  }),
  'static-scale': range({
    label: { en: 'Static loss scale', zh: '静态损失缩放' },
    help: { en: 'Micikevicius et al. used 8 to 32,768.', zh: 'Micikevicius 等人使用 8 到 32768。' },
    group: how,
    ...{ min: 1, max: 2 ** 24, default: 1024, scale: 'log' },
  }),
  'initial-scale': range({
    label: { en: 'First dynamic loss scale', zh: '动态缩放初值' },
    help: { en: 'PyTorch begins with 65,536.', zh: 'PyTorch 从 65536 开始。' },
    group: how,
    ...{ min: 1, max: 2 ** 30, default: 2 ** 16, scale: 'log' },
  }),
  'growth-interval': range({
    label: { en: 'Growth interval', zh: '增长间隔' },
    help: {
      en: 'Finite steps before the dynamic scale doubles. PyTorch takes 2000; here it is short, so that something happens.',
      zh: '动态缩放翻倍前需要连续多少个有限的步。PyTorch 取 2000；这里取得短，以便看到变化。',
    },
    group: how,
    ...{ min: 1, max: 10_000, default: 100, integer: true, scale: 'log' },
  }),
  steps: range({
    label: { en: 'Steps', zh: '步数' },
    group: training,
    ...{ min: 1, max: 20_000, default: 1000, integer: true, scale: 'log' },
  }),
  rate: range({
    label: { en: 'Learning rate', zh: '学习率' },
    help: { en: 'Taken up by the next step, also in mid-training.', zh: '训练途中也可调整，下一步即生效。' },
    group: training,
    ...{ min: 1e-6, max: 1e9, default: 1e-3, scale: 'log' },
  }),
  batch: range({
    label: { en: 'Batch', zh: '批大小' },
    help: {
      en: 'Images; of text a quarter as many windows of 64 characters.',
      zh: '图像数；文本则为其四分之一个窗口，每窗 64 个字符。',
    },
    group: training,
    ...{ min: 1, max: 256, default: 64, integer: true, scale: 'log' },
  }),
  seed: seed({ group: training }),
};

export type Params = ParamsOf<typeof params>;
