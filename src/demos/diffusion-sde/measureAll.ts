/** Everything that charts show, or of it what was asked for. */
import type { Measurement } from '@/lab/report';
import type { Context, MeasurePoint } from '@/lab/session';
import type { Bench } from '@/shaders/measure';
import { MAP, NAME } from './charts';
import { measure } from './measure';
import { measureMap } from './measureMap';
import type { Params } from './params';

const timed = { [NAME]: measure, [MAP]: measureMap };

export async function* measureAll(
  ctx: Bench & Pick<Context, 'files'>,
  point: MeasurePoint<Params>,
  signal: AbortSignal,
): AsyncGenerator<Measurement> {
  for (const [name, each] of Object.entries(timed)) {
    const series = point.series?.filter((line) => line.name === name);
    if (series?.length !== 0) yield* each(ctx, { ...point, ...(series && { series }) }, signal);
  }
}
