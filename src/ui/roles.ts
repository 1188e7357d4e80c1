/**
 * One colour, dash and mark per role on the whole site: Okabe & Ito's palette ("Color Universal Design", 2008),
 * with dashes and marks so that nothing is told by colour alone.
 */
import type { SeriesRole } from '@/lab/demo';

export type Mark = 'circle' | 'square' | 'diamond' | 'triangle' | 'cross' | 'star' | 'wye';

export interface RoleStyle {
  /** A CSS colour that follows the theme. */
  readonly colour: string;
  readonly mark: Mark;
  readonly dash?: string;
}

export const roles: Readonly<Record<SeriesRole, RoleStyle>> = {
  naive: { colour: 'var(--role-naive)', mark: 'square' },
  fused: { colour: 'var(--role-fused)', mark: 'circle' },
  alternative: { colour: 'var(--role-alternative)', mark: 'diamond' },
  cpu: { colour: 'var(--role-cpu)', mark: 'triangle', dash: '6 3' },
  'cpu-all': { colour: 'var(--role-cpu-all)', mark: 'wye', dash: '6 3' },
  wasm: { colour: 'var(--role-wasm)', mark: 'star', dash: '6 3' },
  predicted: { colour: 'var(--role-predicted)', mark: 'cross', dash: '1 4' },
};

const spareDashes = [undefined, '8 3 2 3', '2 3', '10 4'];

/** Styles of a chart's lines: lines of one role share its colour and differ in their dash. */
export function styleLines(order: readonly SeriesRole[]): RoleStyle[] {
  const seen = new Map<SeriesRole, number>();
  return order.map((role) => {
    const nth = seen.get(role) ?? 0;
    seen.set(role, nth + 1);
    const style = roles[role];
    const dash = nth === 0 ? style.dash : spareDashes[nth % spareDashes.length];
    return { ...style, ...(dash === undefined ? { dash: undefined } : { dash }) };
  });
}
