/** The ways to train that are compared: format, master weights, loss scale; everything else is the same for all. */
import type { SeriesRole } from '@/lab/demo';
import type { Text } from '@/lib/text';
import type { Precision, TrainingOptions } from '@/tensor/training';

export const modes = ['fp32', 'fp16', 'fp16-master', 'fp16-static', 'fp16-dynamic', 'bf16'] as const;
export type Mode = (typeof modes)[number];

export interface ModeDecl {
  readonly label: Text;
  readonly precision: Precision;
  /** Steps whose gradients are not finite are skipped. */
  readonly guard: boolean;
  readonly scaling: 'none' | 'static' | 'dynamic';
  /** One colour and mark in every chart. */
  readonly role: SeriesRole;
}

export const modeDecls: Readonly<Record<Mode, ModeDecl>> = {
  fp32: {
    label: { en: 'FP32', zh: 'FP32' },
    precision: { format: 'f32', master: true },
    guard: false,
    scaling: 'none',
    role: 'cpu-all',
  },
  fp16: {
    label: { en: 'pure FP16', zh: '纯 FP16' },
    precision: { format: 'fp16', master: false },
    guard: false,
    scaling: 'none',
    role: 'naive',
  },
  'fp16-master': {
    label: { en: 'FP16, master weights', zh: 'FP16＋主权重' },
    precision: { format: 'fp16', master: true },
    guard: false,
    scaling: 'none',
    role: 'wasm',
  },
  'fp16-static': {
    label: { en: 'FP16, static loss scale', zh: 'FP16＋静态损失缩放' },
    precision: { format: 'fp16', master: true },
    guard: true,
    scaling: 'static',
    role: 'alternative',
  },
  'fp16-dynamic': {
    label: { en: 'FP16, dynamic loss scale', zh: 'FP16＋动态损失缩放' },
    precision: { format: 'fp16', master: true },
    guard: true,
    scaling: 'dynamic',
    role: 'fused',
  },
  bf16: {
    label: { en: 'BF16, master weights', zh: 'BF16＋主权重' },
    precision: { format: 'bf16', master: true },
    guard: false,
    scaling: 'none',
    role: 'cpu',
  },
};

export interface Scaling {
  readonly 'static-scale': number;
  readonly 'initial-scale': number;
  readonly 'growth-interval': number;
}

export function scalerOf(mode: Mode, params: Scaling): NonNullable<TrainingOptions['scaler']> {
  const { guard, scaling } = modeDecls[mode];
  const initial =
    scaling === 'none' ? 1 : scaling === 'static' ? params['static-scale'] : params['initial-scale'];
  return { guard, dynamic: scaling === 'dynamic', initial, interval: params['growth-interval'] };
}

/** Which modes train side by side, in the order of `modes`; the chosen one always does. */
const besides = {
  none: [],
  fp32: ['fp32'],
  repair: ['fp32', 'fp16', 'fp16-dynamic'],
  all: modes,
} as const satisfies Record<string, readonly Mode[]>;
export type Beside = keyof typeof besides;

export const modesOf = (mode: Mode, beside: Beside): Mode[] =>
  modes.filter((other) => other === mode || (besides[beside] as readonly Mode[]).includes(other));
