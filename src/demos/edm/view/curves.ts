/** What a column of the design space chooses, as curves at the current parameters: pure, so that a chart only draws them. */
import type { SeriesRole } from '@/lab/demo';
import type { Text } from '@/lib/text';
import { levelsOf, scheduleNames } from '@/methods/diffusion/levels';
import { preconditionings } from '@/methods/diffusion/preconditioning';
import type { ChartAxis, ChartLine } from '@/ui/chartData';
import { processOf, sigmasOf } from '../config';
import type { ColumnId } from '../design';
import type { Params } from '../params';

interface Curves {
  readonly title: Text;
  readonly x: Omit<ChartAxis, 'label'> & { readonly label: Text };
  readonly y: Omit<ChartAxis, 'label'> & { readonly label: Text };
  readonly lines: readonly (Omit<ChartLine, 'label'> & { readonly label: Text })[];
}

const POINTS = 33;
const roles: readonly SeriesRole[] = ['fused', 'naive', 'alternative', 'cpu', 'cpu-all', 'wasm', 'predicted'];

const both = (text: string): Text => ({ en: text, zh: text });
/** σ from 0.002 to 150, evenly in its logarithm: where any of the schedules goes. */
const sigmas = Array.from({ length: POINTS }, (_, i) => 0.002 * 75_000 ** (i / (POINTS - 1)));
const overSigma = { label: both('σ'), scale: 'log' } as const;

type Named = readonly [name: string, of: (at: number) => number];
const linesOf = (at: readonly number[], named: readonly Named[]): Curves['lines'] =>
  named.map(([name, of], i) => ({
    id: name,
    role: roles[i % roles.length]!,
    label: both(name),
    points: at.flatMap((x) => {
      const y = of(x);
      return Number.isFinite(y) ? [{ x, y }] : [];
    }),
  }));

function process(params: Params): Curves[] {
  const chosen = processOf(params);
  const finite = sigmasOf(params, 18).filter(Number.isFinite);
  const [first, last] = [chosen.timeOf(finite[0]!), chosen.timeOf(finite[finite.length - 1]!)];
  // EDM's and VE's times span decades; those of the others run from 0 to 1.
  const decades = first > 2;
  const times = Array.from({ length: POINTS }, (_, i) =>
    decades ? last * (first / last) ** (i / (POINTS - 1)) : (chosen.T * (i + 0.5)) / POINTS,
  );
  const x = { label: { en: 'time t', zh: '时间 t' }, scale: decades ? 'log' : 'linear' } as const;
  return [
    {
      title: { en: 'Noise σ(t) and scaling s(t)', zh: '噪声 σ(t) 与缩放 s(t)' },
      x,
      y: { label: both('σ, s'), scale: 'log' },
      lines: linesOf(times, [
        ['σ(t)', chosen.sigma],
        ['s(t)', chosen.s],
        ['s(t) σ(t)', chosen.std],
      ]),
    },
  ];
}

function schedule(params: Params): Curves[] {
  const steps = Array.from({ length: 18 }, (_, i) => i);
  const of = scheduleNames.map((name): Named => {
    const levels = levelsOf(name, steps.length, { rho: params.rho, shift: params.shift }, params.process);
    return [name, (i) => levels[i]!];
  });
  return [
    {
      title: { en: 'Levels of each schedule, 18 steps', zh: '各种安排的噪声水平，18 步' },
      x: { label: { en: 'step i', zh: '步 i' }, scale: 'linear' },
      y: { label: both('σ'), scale: 'log' },
      lines: linesOf(steps, of),
    },
  ];
}

function preconditioning(params: Params): Curves[] {
  const { cSkip, cOut, cIn, cNoise, weight } = preconditionings[params.preconditioning]();
  return [
    {
      title: { en: 'c_skip, |c_out| and c_in over σ', zh: 'c_skip、|c_out| 与 c_in 随 σ 的变化' },
      x: overSigma,
      y: { label: { en: 'factor', zh: '系数' }, scale: 'log' },
      lines: linesOf(sigmas, [
        ['c_skip', cSkip],
        ['|c_out|', (sigma) => Math.abs(cOut(sigma))],
        ['c_in', cIn],
      ]),
    },
    {
      title: { en: 'c_noise: what tells the network the level', zh: 'c_noise：告诉网络当前的噪声水平' },
      x: overSigma,
      y: { label: both('c_noise'), scale: 'linear' },
      lines: linesOf(sigmas, [['c_noise', cNoise]]),
    },
    {
      title: {
        en: 'Loss weight λ(σ), and λ c_out², with which F’s own error counts',
        zh: '损失权重 λ(σ)，以及 F 自身误差的权重 λ c_out²',
      },
      x: overSigma,
      y: { label: { en: 'weight', zh: '权重' }, scale: 'log' },
      lines: linesOf(sigmas, [
        ['λ', weight],
        ['λ c_out²', (sigma) => weight(sigma) * cOut(sigma) ** 2],
      ]),
    },
  ];
}

/** γ by level: how much of its noise a step raises first. */
function churn(params: Params): Curves[] {
  const levels = sigmasOf(params).filter(Number.isFinite);
  const { churn: total, 'churn-min': low, 'churn-max': high, steps } = params;
  const gamma = (sigma: number): number =>
    sigma >= low && (high >= 1000 || sigma <= high) ? Math.min(total / steps, Math.SQRT2 - 1) : 0;
  const active = params.sampler === 'edm-stochastic' ? gamma : () => 0;
  return [
    {
      title: {
        en: 'γ at each level: before its step, σ is raised to (1 + γ) σ',
        zh: '各水平的 γ：走这一步之前，σ 先升到 (1 + γ) σ',
      },
      x: overSigma,
      y: { label: both('γ'), scale: 'linear' },
      lines: linesOf([...levels].reverse(), [['γ', active]]),
    },
  ];
}

export const curvesOf: Readonly<Record<ColumnId, (params: Params) => readonly Curves[]>> = {
  process,
  schedule,
  preconditioning,
  // What a sampler does to the error has a tab of its own.
  sampler: () => [],
  churn,
};
