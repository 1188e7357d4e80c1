/** The rows of the design space: what each paper chose in every column (Karras et al. 2022, table 1). */
import type { Text } from '@/lib/text';
import { ownSchedule } from '@/methods/diffusion/levels';
import type { Params } from './params';

export interface Design {
  readonly id: string;
  readonly name: Text;
  readonly process: Pick<Params, 'process'>;
  readonly schedule: Pick<Params, 'schedule'>;
  readonly preconditioning: Pick<Params, 'preconditioning'>;
  readonly sampler: Pick<Params, 'sampler'>;
  readonly churn: Pick<Params, 'churn' | 'eta'> & Partial<Params>;
}
export type ColumnId = Exclude<keyof Design, 'id' | 'name'>;

const calm = { churn: 0, eta: 0 } as const;
/** As recommended for ImageNet-64 (Karras et al. 2022, table 5), with 256 steps. */
const churned = { churn: 40, 'churn-min': 0.05, 'churn-max': 50, noise: 1.003, eta: 0 } as const;

export const designs: readonly Design[] = [
  {
    id: 'vp',
    name: { en: 'VP', zh: 'VP' },
    process: { process: 'vp' },
    schedule: { schedule: 'vp' },
    preconditioning: { preconditioning: 'vp' },
    sampler: { sampler: 'euler' },
    churn: calm,
  },
  {
    id: 've',
    name: { en: 'VE', zh: 'VE' },
    process: { process: 've' },
    schedule: { schedule: 've' },
    preconditioning: { preconditioning: 've' },
    sampler: { sampler: 'euler' },
    churn: calm,
  },
  {
    id: 'iddpm',
    name: { en: 'iDDPM + DDIM', zh: 'iDDPM + DDIM' },
    process: { process: 'edm' },
    schedule: { schedule: 'iddpm' },
    preconditioning: { preconditioning: 'iddpm' },
    sampler: { sampler: 'euler' },
    churn: calm,
  },
  {
    id: 'edm',
    name: { en: 'EDM', zh: 'EDM' },
    process: { process: 'edm' },
    schedule: { schedule: 'edm' },
    preconditioning: { preconditioning: 'edm' },
    sampler: { sampler: 'heun' },
    churn: calm,
  },
  {
    id: 'edm-stochastic',
    name: { en: 'EDM, stochastic', zh: 'EDM（随机）' },
    process: { process: 'edm' },
    schedule: { schedule: 'edm' },
    preconditioning: { preconditioning: 'edm' },
    sampler: { sampler: 'edm-stochastic' },
    churn: churned,
  },
  {
    id: 'flow',
    name: { en: 'flow matching', zh: '流匹配' },
    process: { process: 'flow' },
    schedule: { schedule: 'flow' },
    preconditioning: { preconditioning: 'flow' },
    sampler: { sampler: 'euler' },
    churn: calm,
  },
  {
    id: 'ddpm',
    name: { en: 'DDPM', zh: 'DDPM' },
    process: { process: 'ddpm' },
    schedule: { schedule: 'ddpm' },
    preconditioning: { preconditioning: 'vp' },
    sampler: { sampler: 'ddpm' },
    churn: { churn: 0, eta: 1 },
  },
];

/** All of a row. */
export const whole = (design: Design): Partial<Params> => ({
  ...{ ...design.process, ...design.schedule, ...design.preconditioning },
  ...{ ...design.sampler, ...design.churn },
});

/** One cell by itself, with what it needs to have its effect. */
export function cell(design: Design, column: ColumnId, { sampler }: Params): Partial<Params> {
  if (column !== 'churn') return design[column];
  if (design.churn.churn > 0) return { ...design.churn, sampler: 'edm-stochastic' };
  if (design.churn.eta > 0) return { ...design.churn, ...(sampler === 'ddpm' ? {} : { sampler: 'ddim' }) };
  return design.churn;
}

/** Churn beyond its clamp gives way, so what is at the clamp is as asked. */
const held = (churn: number, { steps }: Params): number =>
  Math.min(churn, Math.floor(100 * (Math.SQRT2 - 1) * steps) / 100);

/** Whether this choice is the one in force. */
export const matches = (patch: Partial<Params>, params: Params): boolean =>
  Object.entries(patch).every(([name, value]) => {
    const now = params[name as keyof Params];
    if (name === 'schedule' && now === 'own') return value === ownSchedule[params.process];
    if (name === 'churn') return now === held(value as number, params);
    return now === value;
  });
