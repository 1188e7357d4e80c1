/** Time and memory of a training step over the batch: every mode, and the CPU. */
import type { ChartDecl, SeriesDecl, SeriesRole } from '@/lab/demo';
import { modeLabels, type Mode } from './params';

export const NAME = 'training-step';

/** One colour and mark in every chart of the demo. */
export const modeRoles: Readonly<Record<Mode, SeriesRole>> = {
  fp32: 'cpu-all',
  fp16: 'naive',
  'fp16-master': 'wasm',
  'fp16-static': 'alternative',
  'fp16-dynamic': 'fused',
  bf16: 'cpu',
};

const gpu: readonly SeriesDecl[] = (Object.keys(modeLabels) as Mode[]).map((mode) => ({
  role: modeRoles[mode],
  label: modeLabels[mode],
  name: NAME,
  variant: mode,
  device: 'gpu',
}));
const cpu = (variant: string, en: string, zh: string): SeriesDecl => ({
  role: 'predicted',
  label: { en, zh },
  name: NAME,
  variant,
  device: 'cpu',
});

const x: ChartDecl['x'] = {
  param: 'batch',
  values: [8, 16, 32, 64, 128],
  label: { en: 'batch', zh: '批大小' },
  scale: 'log',
};

export const charts: readonly ChartDecl[] = [
  {
    id: 'time',
    title: { en: 'Time of a training step, each mode against the CPU', zh: '一个训练步的耗时：各模式与 CPU' },
    x,
    y: { field: 'timeMs', label: { en: 'time', zh: '时间' }, scale: 'log' },
    series: [
      ...gpu,
      cpu('one-core', 'CPU, one core, f32', 'CPU 单核，f32'),
      cpu('all-cores', 'CPU, all cores, f32', 'CPU 全部核心，f32'),
    ],
  },
  {
    id: 'memory',
    title: { en: 'Memory of a training, each mode', zh: '训练占用的内存：各模式' },
    x,
    y: { field: 'peakBytes', label: { en: 'peak memory', zh: '内存峰值' }, scale: 'log' },
    series: gpu,
  },
];
