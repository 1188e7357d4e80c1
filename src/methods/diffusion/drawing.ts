/**
 * A distribution that the reader draws: strokes of a pen on the square [−1, 1]², y upwards, spread evenly along their length.
 * As a file it is text short enough for a link: a line `strokes/1`, then each stroke's points in thousandths.
 */
import { LabError } from '@/lib/errors';
import { clustered } from './cluster';
import type { Mixture } from './mixture';
import { MOST_COMPONENTS } from './names';

export type Stroke = readonly (readonly [x: number, y: number])[];
export type Drawing = readonly Stroke[];

const HEAD = 'strokes/1';
const UNIT = 1000;
/** Points of a stroke nearer to their neighbours' line than this are left out. */
const FLATNESS = 0.006;
const MOST_NUMBERS = 20_000;
/** Half the side of the square in the data's plane, and the pen's standard deviation there. */
const REACH = 1.5;
const PEN = 0.035;
/** Between points that a stroke is made of. */
const GAP = 0.01;

const refuse = (en: string, zh: string): LabError => new LabError('usage', { what: { en, zh } });

export const emptyDrawing = (): LabError =>
  refuse(
    'the drawing is empty, so the distribution has no mass: draw a stroke, or a dot',
    '画面是空的，分布没有质量：请画一笔或点一个点',
  );

/** Ramer–Douglas–Peucker: the fewest points whose line stays within FLATNESS. */
function simplified(stroke: Stroke): Stroke {
  const [first, last] = [stroke[0], stroke[stroke.length - 1]];
  if (stroke.length < 3 || !first || !last) return stroke;
  const length = Math.hypot(last[0] - first[0], last[1] - first[1]);
  const away = ([x, y]: readonly [number, number]): number =>
    length === 0
      ? Math.hypot(x - first[0], y - first[1])
      : Math.abs((last[0] - first[0]) * (y - first[1]) - (last[1] - first[1]) * (x - first[0])) / length;
  const far = stroke.reduce((best, point, i) => (away(point) > away(stroke[best]!) ? i : best), 0);
  if (away(stroke[far]!) <= FLATNESS) return [first, last];
  return [...simplified(stroke.slice(0, far + 1)).slice(0, -1), ...simplified(stroke.slice(far))];
}

export function drawingBytes(drawing: Drawing): Uint8Array<ArrayBuffer> {
  const lines = drawing
    .filter((stroke) => stroke.length > 0)
    .map((stroke) =>
      simplified(stroke)
        .flatMap((point) => point.map((value) => Math.round(UNIT * Math.min(1, Math.max(-1, value)))))
        .join(' '),
    );
  return new TextEncoder().encode([HEAD, ...lines, ''].join('\n'));
}

/** The strokes of a file, or nothing where it is no drawing. */
export function parseDrawing(bytes: Uint8Array): Drawing | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, HEAD.length + 1));
  if (head.trimEnd() !== HEAD || bytes.length > 8 * MOST_NUMBERS) return undefined;
  const [, ...lines] = new TextDecoder().decode(bytes).split(/\r?\n/);
  return lines.flatMap((line, i) => {
    if (line.trim() === '') return [];
    const numbers = line.trim().split(/\s+/).map(Number);
    const wrong = numbers.find((value) => !Number.isInteger(value) || Math.abs(value) > UNIT);
    if (wrong !== undefined || numbers.length % 2 === 1) {
      throw refuse(
        `stroke ${i + 1} of the drawing is not a list of points: pairs of whole numbers from −${UNIT} to ${UNIT}`,
        `手绘的第 ${i + 1} 笔不是点的列表：应为成对的整数，范围 −${UNIT} 到 ${UNIT}`,
      );
    }
    return [
      Array.from({ length: numbers.length / 2 }, (_, j): Stroke[number] => [
        numbers[2 * j]! / UNIT,
        numbers[2 * j + 1]! / UNIT,
      ]),
    ];
  });
}

export function mixtureOfDrawing(drawing: Drawing): Mixture {
  const points: number[] = [];
  const weights: number[] = [];
  const add = (x: number, y: number, weight: number): void => {
    points.push(REACH * x, REACH * y);
    weights.push(weight);
  };
  for (const stroke of drawing) {
    stroke.forEach(([x, y], i) => {
      const [px, py] = stroke[i - 1] ?? [x, y];
      const length = Math.hypot(x - px, y - py);
      // A dot weighs as much as a stroke as long as the pen is wide.
      if (length === 0) {
        if (stroke.length === 1) add(x, y, PEN);
        return;
      }
      const parts = Math.ceil(length / GAP);
      for (let j = 0; j < parts; j++) {
        const share = (j + 0.5) / parts;
        add(px + share * (x - px), py + share * (y - py), length / parts);
      }
    });
  }
  if (weights.length === 0) throw emptyDrawing();
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  // Components about three pens long follow curves well.
  const most = Math.min(MOST_COMPONENTS, Math.ceil((REACH * total) / (3 * PEN)) + drawing.length);
  return clustered({ points: Float64Array.from(points), weights: Float64Array.from(weights) }, most, PEN);
}
