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
  readonly hollow?: boolean;
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

interface Styled {
  readonly role: SeriesRole;
  readonly second?: boolean;
}

/**
 * Styles of a chart's lines: lines of one role share its colour and differ in their dash; those of a comparison's
 * second side are as the first side's, with hollow marks.
 */
export function styleLines(lines: readonly Styled[]): RoleStyle[] {
  const seen = new Map<string, number>();
  return lines.map(({ role, second = false }) => {
    const key = `${role} ${second}`;
    const nth = seen.get(key) ?? 0;
    seen.set(key, nth + 1);
    const { dash: own, ...style } = roles[role];
    const dash = nth === 0 ? own : spareDashes[nth % spareDashes.length];
    return { ...style, hollow: second, ...(dash === undefined ? {} : { dash }) };
  });
}
