/** Things to try, each with what to look for. */
import type { PresetDecl } from '@/lab/demo';
import type { params } from './params';

export const presets: readonly PresetDecl<typeof params>[] = [
  {
    id: 'repair',
    title: { en: 'The failure and the repair', zh: '失败与修复' },
    note: {
      en: 'Pure FP16 dies within a few steps: Adam’s second moment underflows. With master weights and a dynamic scale the curve lies on FP32’s.',
      zh: '纯 FP16 几步之内就失败：Adam 的二阶矩下溢。有了主权重和动态缩放，曲线与 FP32 重合。',
    },
    params: { task: 'mlp', mode: 'fp16-dynamic', beside: 'repair', rate: 1e-3 },
  },
  {
    id: 'scale',
    title: { en: 'A scale that moves', zh: '不断变化的缩放' },
    note: {
      en: 'The scale begins far too high and doubles every 20 steps: it halves on each overflow. See the tab “Loss scale”.',
      zh: '缩放的初值过高，并且每 20 步翻倍：每次溢出都会减半。见“损失缩放”一栏。',
    },
    params: {
      task: 'mlp',
      mode: 'fp16-dynamic',
      beside: 'none',
      'initial-scale': 2 ** 24,
      'growth-interval': 20,
      steps: 400,
    },
  },
  {
    id: 'lost',
    title: { en: 'Updates that get lost', zh: '丢失的更新' },
    note: {
      en: 'A small learning rate: in pure FP16 most changes are below half an ulp of the weight. Compare “Lost updates” with a master copy.',
      zh: '学习率很小：纯 FP16 下大多数改变量小于权重的半个 ulp。把“丢失的更新”与带主权重的模式比较。',
    },
    params: { task: 'mlp', mode: 'fp16', beside: 'repair', rate: 1e-5, steps: 300 },
  },
  {
    id: 'text',
    title: { en: 'A transformer that writes', zh: '会写字的 Transformer' },
    note: {
      en: 'Characters of an endless grammar. After training, open “Samples” and let it write.',
      zh: '学习由文法不断生成的字符。训练之后打开“样本”，让它接着写。',
    },
    params: { task: 'char', mode: 'fp16-dynamic', beside: 'fp32', steps: 400 },
  },
  {
    id: 'blown',
    title: { en: 'Learning rate 10⁹', zh: '学习率 10⁹' },
    note: {
      en: 'The sentinel stops every mode and names the tensor that was not finite first.',
      zh: '哨兵停止所有模式，并指出最先出现非有限数的张量。',
    },
    params: { task: 'mlp', mode: 'fp32', beside: 'repair', rate: 1e9, steps: 50 },
  },
];
