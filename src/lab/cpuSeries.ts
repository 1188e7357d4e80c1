/** What is measured where there is no GPU. */
import type { SeriesDecl } from './demo';
import type { MeasurePoint } from './session';

/** The CPU's series of one measurement: those that were asked for, or one core and all cores. */
export const cpuSeries = <P>({ series }: MeasurePoint<P>, name: string): readonly SeriesDecl[] =>
  series?.filter((each) => each.device === 'cpu' && each.name === name) ??
  ['one-core', 'all-cores'].map((variant) => ({
    ...{ role: 'cpu', label: { en: '', zh: '' }, name, variant, device: 'cpu' },
  }));
