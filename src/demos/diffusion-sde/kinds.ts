/** Three ways between data and noise, and how they are named and coloured everywhere. */
import type { Text } from '@/lib/text';

/** There by the forward SDE, back by its reverse or by the ODE. */
export const kinds = ['forward', 'reverse', 'ode'] as const;
export type Kind = (typeof kinds)[number];

export const kindLabels: Readonly<Record<Kind, Text>> = {
  forward: { en: 'Forward SDE', zh: '前向 SDE' },
  reverse: { en: 'Reverse SDE', zh: '逆向 SDE' },
  ode: { en: 'Probability-flow ODE', zh: '概率流 ODE' },
};

/** The colours that the runs have everywhere. */
export const inks: Readonly<Record<Kind, { readonly light: number; readonly dark: number }>> = {
  forward: { light: 0x009e73, dark: 0x009e73 },
  reverse: { light: 0x0072b2, dark: 0x56b4e9 },
  ode: { light: 0xd55e00, dark: 0xd55e00 },
};
