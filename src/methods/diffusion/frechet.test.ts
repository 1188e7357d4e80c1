import { Matrix } from 'ml-matrix';
import { expect, test } from 'vitest';
import { Random } from '@/lib/random';
import { fitOf, frechet, type Fit } from './frechet';

const fit = (mean: number[], covariance: number[][]): Fit => ({
  mean: Float64Array.from(mean),
  covariance: new Matrix(covariance),
});

test('Gaussians along the axes: the sum over axes of (μ₁ − μ₂)² + (σ₁ − σ₂)²', () => {
  const one = fit([1, -2, 0], [[4, 0, 0], [0, 9, 0], [0, 0, 0]]); // prettier-ignore
  const other = fit([3, -2, 1], [[1, 0, 0], [0, 25, 0], [0, 0, 16]]); // prettier-ignore
  expect(frechet(one, other)).toBeCloseTo(4 + 0 + 1 + 1 + 4 + 16, 10);
});

test('in the plane tr (Σ₁Σ₂)^½ = √(tr Σ₁Σ₂ + 2 √det Σ₁Σ₂), also where the covariances do not commute', () => {
  const [A, B] = [[[2, 0.9], [0.9, 1]], [[1, -0.6], [-0.6, 3]]]; // prettier-ignore
  const product = new Matrix(A).mmul(new Matrix(B));
  const det = product.get(0, 0) * product.get(1, 1) - product.get(0, 1) * product.get(1, 0);
  const wanted = 2 + 1 + 1 + 3 - 2 * Math.sqrt(product.trace() + 2 * Math.sqrt(det));
  expect(frechet(fit([0, 0], A), fit([0, 0], B))).toBeCloseTo(wanted, 10);
  expect(frechet(fit([0, 0], B), fit([0, 0], A))).toBeCloseTo(wanted, 10);
});

test('a set has no distance from itself, and one from what moved; its fit is the unbiased one', () => {
  const width = 12;
  const random = new Random(3);
  const features = random.normals(200 * width);
  const moved = features.map((value) => value + 0.5);
  expect(frechet(fitOf(features, width), fitOf(features, width))).toBeCloseTo(0, 9);
  expect(frechet(fitOf(features, width), fitOf(moved, width))).toBeCloseTo(width / 4, 4);
  const { mean, covariance } = fitOf([1, 10, 3, 14, 5, 12], 2);
  expect([...mean]).toEqual([3, 12]);
  expect(covariance.to2DArray()).toEqual([[4, 2], [2, 4]]); // prettier-ignore
});
