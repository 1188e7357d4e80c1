/** How far two samples of points in the plane are apart. */

/** A sample's projection on a direction, sorted. */
function projected(points: ArrayLike<number>, angle: number, n: number): Float64Array {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  const total = points.length / 2;
  // Evenly thinned where there are more.
  return Float64Array.from({ length: n }, (_, i) => {
    const at = Math.floor((i * total) / n);
    return c * points[2 * at]! + s * points[2 * at + 1]!;
  }).sort();
}

/** W₂ between two sorted samples of one size. */
function quantileDistance(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
  return Math.sqrt(sum / a.length);
}

/** Sliced Wasserstein-2 distance: the root mean square of W₂ over evenly turned directions (Bonneel et al. 2015). */
export function slicedWasserstein(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  { directions = 24, most = 16384 } = {},
): number {
  const n = Math.min(a.length / 2, b.length / 2, most);
  let sum = 0;
  for (let i = 0; i < directions; i++) {
    const angle = (Math.PI * i) / directions;
    sum += quantileDistance(projected(a, angle, n), projected(b, angle, n)) ** 2;
  }
  return Math.sqrt(sum / directions);
}
