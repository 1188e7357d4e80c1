/** The ways to train that are compared: format, master weights, loss scale; everything else is the same for all. */
import { modeLabels, type Mode } from './params';
import type { Precision, TrainingOptions } from '@/tensor/training';

export const modes = Object.keys(modeLabels) as Mode[];
export type { Mode };

export interface ModeDecl {
  readonly precision: Precision;
  /** Steps whose gradients are not finite are skipped. */
  readonly guard: boolean;
  readonly scaling: 'none' | 'static' | 'dynamic';
}

export const modeDecls: Readonly<Record<Mode, ModeDecl>> = {
  fp32: {
    precision: { format: 'f32', master: true },
    guard: false,
    scaling: 'none',
  },
  fp16: {
    precision: { format: 'fp16', master: false },
    guard: false,
    scaling: 'none',
  },
  'fp16-master': {
    precision: { format: 'fp16', master: true },
    guard: false,
    scaling: 'none',
  },
  'fp16-static': {
    precision: { format: 'fp16', master: true },
    guard: true,
    scaling: 'static',
  },
  'fp16-dynamic': {
    precision: { format: 'fp16', master: true },
    guard: true,
    scaling: 'dynamic',
  },
  bf16: {
    precision: { format: 'bf16', master: true },
    guard: false,
    scaling: 'none',
  },
};

/** Adam's usual constants without weight decay, the same for all modes. */
export const optimiser = { decay: 0 };

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
