/** The grid of small networks that this project trained on images of signs: its file, and its lines. */
import * as z from 'zod/mini';

const pointSchema = z.object({
  width: z.number(),
  depth: z.number(),
  resolution: z.number(),
  parameters: z.number(),
  macs: z.number(),
  /** On held-out images. */
  accuracy: z.number(),
  loss: z.number(),
  seconds: z.number(),
});
export type GridPoint = z.infer<typeof pointSchema>;

export const gridSchema = z.object({
  command: z.string(),
  adapter: z.string(),
  data: z.object({ classes: z.number(), heldOutSeed: z.number(), heldOutImages: z.number() }),
  training: z.object({
    steps: z.number(),
    batch: z.number(),
    rate: z.number(),
    seed: z.number(),
    /** How hard the images are, up to 1. */
    strength: z.number(),
  }),
  points: z.array(pointSchema),
});
/** What `npm run train:grid` writes. */
export type Grid = z.infer<typeof gridSchema>;

export const paths = ['width', 'depth', 'resolution', 'all'] as const;
export type Path = (typeof paths)[number];

const axes = ['width', 'depth', 'resolution'] as const;
type Axis = (typeof axes)[number];

/** Points on each way from the smallest network: along one axis with the others at their least, and along the diagonal. */
export function pathsOf<P extends Pick<GridPoint, Axis | 'macs'>>(
  points: readonly P[],
): Readonly<Record<Path, readonly P[]>> {
  const values = Object.fromEntries(
    axes.map((axis) => [axis, [...new Set(points.map((point) => point[axis]))].sort((a, b) => a - b)]),
  ) as Record<Axis, number[]>;
  const rank = (point: P, axis: Axis): number => values[axis].indexOf(point[axis]);
  const byMacs = (found: readonly P[]): P[] => found.toSorted((a, b) => a.macs - b.macs);
  const along = (axis: Axis): P[] =>
    byMacs(points.filter((point) => axes.every((other) => other === axis || rank(point, other) === 0)));
  const diagonal = points.filter((point) => new Set(axes.map((axis) => rank(point, axis))).size === 1);
  return {
    ...{ width: along('width'), depth: along('depth'), resolution: along('resolution') },
    all: byMacs(diagonal),
  };
}
