/** The colours of the runs in charts and frames. */
import type { Kind } from '../kinds';

const inks: Readonly<Record<Kind | 'exact', string>> = {
  forward: 'var(--role-alternative)',
  reverse: 'var(--role-fused)',
  ode: 'var(--role-naive)',
  exact: 'var(--ink-soft)',
};
export const css = (of: Kind | 'exact'): string => inks[of];
