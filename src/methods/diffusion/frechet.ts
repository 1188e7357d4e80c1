/**
 * The Fréchet distance between the Gaussians that fit two sets of features (Dowson & Landau 1982; Heusel et al. 2017):
 * d² = ‖μ₁ − μ₂‖² + tr(Σ₁ + Σ₂ − 2 (Σ₁^½ Σ₂ Σ₁^½)^½). Not its root: what is published as FID is d² itself.
 */
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';

/** Mean [width] and covariance [width, width] of rows of features. */
export interface Fit {
  readonly mean: Float64Array;
  readonly covariance: Matrix;
}

/** @param features [count, width], end to end; count is 2 at least */
export function fitOf(features: ArrayLike<number>, width: number): Fit {
  const count = features.length / width;
  const mean = new Float64Array(width);
  for (let i = 0; i < features.length; i++) mean[i % width]! += features[i]! / count;
  const covariance = Matrix.zeros(width, width);
  const centred = new Float64Array(width);
  const sums = new Float64Array(width * width);
  for (let row = 0; row < count; row++) {
    for (let c = 0; c < width; c++) centred[c] = features[row * width + c]! - mean[c]!;
    for (let a = 0; a < width; a++)
      for (let b = 0; b <= a; b++) sums[a * width + b]! += centred[a]! * centred[b]!;
  }
  for (let a = 0; a < width; a++) {
    for (let b = 0; b <= a; b++) {
      const value = sums[a * width + b]! / (count - 1);
      covariance.set(a, b, value).set(b, a, value);
    }
  }
  return { mean, covariance };
}

/** Eigenvalues of a covariance below 0 are rounding. */
const rooted = (values: readonly number[]): number[] => values.map((value) => Math.sqrt(Math.max(0, value)));

/** d² */
export function frechet(one: Fit, other: Fit): number {
  const { realEigenvalues, eigenvectorMatrix: V } = new EigenvalueDecomposition(one.covariance, {
    assumeSymmetric: true,
  });
  const root = V.mmul(Matrix.diag(rooted(realEigenvalues))).mmul(V.transpose());
  const product = root.mmul(other.covariance).mmul(root);
  // Symmetric but for rounding, which the decomposition would take for another kind of matrix.
  const symmetric = Matrix.add(product, product.transpose()).div(2);
  const cross = new EigenvalueDecomposition(symmetric, { assumeSymmetric: true }).realEigenvalues;
  const between = one.mean.reduce((sum, value, i) => sum + (value - other.mean[i]!) ** 2, 0);
  const overlap = rooted(cross).reduce((sum, value) => sum + value, 0);
  return between + one.covariance.trace() + other.covariance.trace() - 2 * overlap;
}
