/** Lines and areas within the unit square: x to the right, y down. */
export type Point = readonly [x: number, y: number];
/** Line segments from point to point. */
export type Stroke = readonly Point[];

/** Points on an ellipse from `from` to `to` degrees, clockwise on the screen from the x axis. */
export function arc(cx: number, cy: number, rx: number, ry: number, from: number, to: number): Point[] {
  const steps = Math.max(2, Math.ceil(Math.abs(to - from) / 15));
  return Array.from({ length: steps + 1 }, (_, i) => {
    const angle = ((from + ((to - from) * i) / steps) * Math.PI) / 180;
    return [cx + rx * Math.cos(angle), cy + ry * Math.sin(angle)];
  });
}

/** From a point to the nearest point of a stroke. */
export function distance([x, y]: Point, stroke: Stroke): number {
  let nearest = Infinity;
  for (let i = 1; i < stroke.length; i++) {
    // By index: images of signs ask this a million times a batch, and pairs taken apart cost half of that.
    const [from, to] = [stroke[i - 1]!, stroke[i]!];
    const dx = to[0] - from[0];
    const dy = to[1] - from[1];
    const t = Math.min(1, Math.max(0, ((x - from[0]) * dx + (y - from[1]) * dy) / (dx * dx + dy * dy || 1)));
    nearest = Math.min(nearest, (x - from[0] - t * dx) ** 2 + (y - from[1] - t * dy) ** 2);
  }
  return Math.sqrt(nearest);
}

/** Whether a point lies within a closed outline: a ray from it crosses the edges an odd number of times. */
export function inside([x, y]: Point, outline: Stroke): boolean {
  let odd = false;
  for (let i = 0, j = outline.length - 1; i < outline.length; j = i++) {
    const [ax, ay] = outline[i]!;
    const [bx, by] = outline[j]!;
    if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) odd = !odd;
  }
  return odd;
}
