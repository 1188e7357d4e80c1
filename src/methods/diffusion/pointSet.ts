/** A set of points in the plane out of CSV: a row each, x and y and perhaps a weight; what is wrong is named by row and column. */
import { LabError } from '@/lib/errors';
import type { Weighted } from './cluster';
import { clustered } from './cluster';
import type { Mixture } from './mixture';
import { MOST_COMPONENTS } from './names';

const MOST_POINTS = 200_000;
/** Per axis, after scaling: about that of the distributions with names. */
const SPREAD = 0.65;
/** Points that nearest neighbours are looked for among. */
const LOOKED_AT = 512;
const BLUR = [0.01, 0.08] as const;

const refuse = (file: string, en: string, zh: string): LabError =>
  new LabError('usage', { what: { en: `${file}: ${en}`, zh: `${file}：${zh}` } });

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
/** Commas, semicolons or tabs between cells; where a line has none of these, blanks. */
const cellsOf = (line: string): string[] =>
  line
    .trim()
    .split(/[,;\t]/.test(line) ? /[,;\t]/ : /\s+/)
    .map((cell) =>
      cell
        .trim()
        .replace(/^"(.*)"$/, '$1')
        .trim(),
    );

/** A first row without any number is a heading. Rows and columns are counted from 1, as a spreadsheet shows them. */
export function parsePoints(text: string, file: string): Weighted {
  const points: number[] = [];
  const weights: number[] = [];
  // A minus sign as books print it is a minus sign.
  const lines = text
    .replace(/^\uFEFF/, '')
    .replaceAll('−', '-')
    .split(/\r\n|\r|\n/);
  let width = 0;
  for (const [i, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const cells = cellsOf(line);
    const row = i + 1;
    if (width === 0 && points.length === 0 && !cells.some((cell) => decimal.test(cell))) {
      if (cells.length > 1 && lines.slice(0, i).every((before) => before.trim() === '')) continue;
    }
    width ||= cells.length;
    if (cells.length !== width || width < 2 || width > 3) {
      throw refuse(
        file,
        `row ${row} has ${cells.length} columns; every row needs the same two (x, y) or three (x, y, weight)`,
        `第 ${row} 行有 ${cells.length} 列；每行都须是两列（x、y）或三列（x、y、权重）`,
      );
    }
    const [x, y, weight = 1] = cells.map((cell, j) => {
      const value = decimal.test(cell) ? Number(cell) : NaN;
      if (!Number.isFinite(Math.fround(value))) {
        const shown = cell.length > 20 ? `${cell.slice(0, 20)}…` : cell;
        throw refuse(
          file,
          `row ${row}, column ${j + 1}: "${shown}" is not a number`,
          `第 ${row} 行第 ${j + 1} 列：“${shown}”不是数`,
        );
      }
      return value;
    }) as [number, number, number?];
    if (weight < 0) {
      throw refuse(
        file,
        `row ${row}, column 3: a weight is ${weight}; none may be negative`,
        `第 ${row} 行第 3 列：权重为 ${weight}；不能有负数`,
      );
    }
    points.push(x, y);
    weights.push(weight);
    if (weights.length > MOST_POINTS)
      throw refuse(file, `more than ${MOST_POINTS} points`, `超过 ${MOST_POINTS} 个点`);
  }
  if (weights.length === 0) throw refuse(file, 'there is no point in it', '其中没有点');
  if (!weights.some((weight) => weight > 0))
    throw refuse(file, 'every weight is 0, so there is no mass', '所有权重都是 0，没有质量');
  return { points: Float64Array.from(points), weights: Float64Array.from(weights) };
}

/** Moved to mean 0 and scaled, both axes alike, so that noise levels mean the same as for other data. */
export function centred({ points, weights }: Weighted): Weighted {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = (of: (i: number) => number): number =>
    weights.reduce((sum, weight, i) => sum + weight * of(i), 0) / total;
  const middle = [mean((i) => points[2 * i]!), mean((i) => points[2 * i + 1]!)] as const;
  const variance = mean(
    (i) => ((points[2 * i]! - middle[0]) ** 2 + (points[2 * i + 1]! - middle[1]) ** 2) / 2,
  );
  const scale = variance > 0 ? SPREAD / Math.sqrt(variance) : 1;
  return { points: points.map((value, i) => scale * (value - middle[i % 2 === 0 ? 0 : 1])), weights };
}

/** A quarter of the median distance to the nearest neighbour, so that points of a set stay apart. */
function blurOf(points: Float64Array): number {
  const n = points.length / 2;
  const stride = Math.max(1, Math.floor(n / LOOKED_AT));
  const nearest: number[] = [];
  for (let i = 0; i < n; i += stride) {
    let least = Infinity;
    for (let j = 0; j < n; j++) {
      const d = (points[2 * i]! - points[2 * j]!) ** 2 + (points[2 * i + 1]! - points[2 * j + 1]!) ** 2;
      if (d > 0 && d < least) least = d;
    }
    if (least < Infinity) nearest.push(Math.sqrt(least));
  }
  nearest.sort((a, b) => a - b);
  return Math.min(BLUR[1], Math.max(BLUR[0], (nearest[nearest.length >> 1] ?? 0) / 4));
}

/** Up to 256 points are a component each; more are gathered. */
export function mixtureOfPoints(set: Weighted): Mixture {
  const own = centred(set);
  return clustered(own, MOST_COMPONENTS, blurOf(own.points));
}
