/** The rows of the design space: what each paper chose in every column (Karras et al. 2022, table 1). */
import type { Text } from '@/lib/text';
import type { Params } from './params';

export interface Design {
  readonly id: string;
  readonly name: Text;
  readonly process: Pick<Params, 'process'>;
  readonly schedule: Pick<Params, 'schedule'>;
  readonly sampler: Pick<Params, 'sampler'>;
  readonly churn: Pick<Params, 'churn' | 'eta'>;
}

const calm = { churn: 0, eta: 0 } as const;

export const designs: readonly Design[] = [
  {
    id: 'vp',
    name: { en: 'VP', zh: 'VP' },
    process: { process: 'vp' },
    schedule: { schedule: 'vp' },
    sampler: { sampler: 'euler' },
    churn: calm,
  },
  {
    id: 've',
    name: { en: 'VE', zh: 'VE' },
    process: { process: 've' },
    schedule: { schedule: 've' },
    sampler: { sampler: 'euler' },
    churn: calm,
  },
  {
    id: 'iddpm',
    name: { en: 'iDDPM + DDIM', zh: 'iDDPM + DDIM' },
    process: { process: 'edm' },
    schedule: { schedule: 'iddpm' },
    sampler: { sampler: 'euler' },
    churn: calm,
  },
  {
    id: 'edm',
    name: { en: 'EDM', zh: 'EDM' },
    process: { process: 'edm' },
    schedule: { schedule: 'edm' },
    sampler: { sampler: 'heun' },
    churn: calm,
  },
  {
    id: 'flow',
    name: { en: 'flow matching', zh: '流匹配' },
    process: { process: 'flow' },
    schedule: { schedule: 'flow' },
    sampler: { sampler: 'euler' },
    churn: calm,
  },
  {
    id: 'ddpm',
    name: { en: 'DDPM', zh: 'DDPM' },
    process: { process: 'ddpm' },
    schedule: { schedule: 'ddpm' },
    sampler: { sampler: 'ddpm' },
    churn: { churn: 0, eta: 1 },
  },
];
