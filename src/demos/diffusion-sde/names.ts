/** Names of the demo's processes and runs: what a declaration needs, and light as that. */
import type { Text } from '@/lib/text';

export const processLabels = {
  vp: { en: 'VP, variance preserving', zh: 'VP（保方差）' },
  've-geometric': { en: 'VE, σ geometric in t', zh: 'VE（σ 随 t 等比）' },
  ve: { en: 'VE, σ = √t', zh: 'VE（σ = √t）' },
  'sub-vp': { en: 'sub-VP', zh: 'sub-VP' },
  cosine: { en: 'VP, cosine', zh: 'VP（余弦）' },
  ddpm: { en: 'DDPM, clocked by σ', zh: 'DDPM（以 σ 计时）' },
  edm: { en: 'EDM, σ = t', zh: 'EDM（σ = t）' },
  flow: { en: 'flow matching', zh: '流匹配' },
} as const satisfies Record<string, Text>;
export type SdeName = keyof typeof processLabels;

/** Three ways between data and noise: there by the forward SDE, back by its reverse or by the ODE. */
export const kinds = ['forward', 'reverse', 'ode'] as const;
export type Kind = (typeof kinds)[number];

export const kindLabels: Readonly<Record<Kind, Text>> = {
  forward: { en: 'Forward SDE', zh: '前向 SDE' },
  reverse: { en: 'Reverse SDE', zh: '逆向 SDE' },
  ode: { en: 'Probability-flow ODE', zh: '概率流 ODE' },
};
