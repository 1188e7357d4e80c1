/** Sixteen everyday signs and shapes, drawn by hand for this project: areas and strokes within [0, 1]². */
import type { Text } from '@/lib/text';
import { arc, type Point, type Stroke } from '@/methods/drawing/geometry';

/** What a part is painted with: the plate, what stands on it, and the plate's border. */
export type Ink = 'plate' | 'mark' | 'border';

export interface Part {
  readonly ink: Ink;
  /** An area within its outline, or a line of this width. */
  readonly width?: number;
  readonly points: Stroke;
}

export interface Sign {
  readonly id: string;
  readonly name: Text;
  /** Ways to draw it, each from back to front. */
  readonly ways: readonly (readonly Part[])[];
  /** It is as often seen without a plate, or on another one. */
  readonly free: boolean;
}

/** Corners of a regular polygon, the first at `from` degrees. */
const regular = (corners: number, radius: number, from: number): Point[] =>
  Array.from({ length: corners }, (_, i) => {
    const angle = ((from + (360 * i) / corners) * Math.PI) / 180;
    return [0.5 + radius * Math.cos(angle), 0.5 + radius * Math.sin(angle)];
  });
const closed = (points: readonly Point[]): Point[] => [...points, points[0]!];

/** A plate with a border. */
const plate = (outline: readonly Point[]): Part[] => [
  { ink: 'plate', points: outline },
  { ink: 'border', width: 0.05, points: closed(outline) },
];
const area = (...points: Point[]): Part => ({ ink: 'mark', points });
const line = (width: number, ...points: Point[]): Part => ({ ink: 'mark', width, points });

const disc = plate(arc(0.5, 0.5, 0.47, 0.47, 0, 345));
const square = plate([
  [0.06, 0.06],
  [0.94, 0.06],
  [0.94, 0.94],
  [0.06, 0.94],
]);
const diamond = plate(regular(4, 0.5, 0));
/** Plates on which what is free may stand. */
export const plates: readonly (readonly Part[])[] = [disc, square, diamond];

/** An arrow that points right. */
const arrow: Part[] = [line(0.11, [0.2, 0.5], [0.62, 0.5]), area([0.55, 0.26], [0.82, 0.5], [0.55, 0.74])];
const chevron: Part[] = [
  line(0.11, [0.2, 0.5], [0.76, 0.5]),
  line(0.11, [0.52, 0.26], [0.78, 0.5], [0.52, 0.74]),
];
const turned = (parts: readonly Part[], turn: (p: Point) => Point): Part[] =>
  parts.map((part) => ({ ...part, points: part.points.map(turn) }));
const leftwards = ([x, y]: Point): Point => [1 - x, y];
const upwards = ([x, y]: Point): Point => [y, 1 - x];

const triangle = regular(3, 0.54, -90).map(([x, y]): Point => [x, y + 0.1]);
const inverted = triangle.map(([x, y]): Point => [x, 1 - y]);
const star = Array.from({ length: 10 }, (_, i): Point => {
  const [x, y] = regular(10, i % 2 === 0 ? 0.38 : 0.16, -90)[i]!;
  return [x, y];
});
const heart: Point[] = [
  [0.5, 0.84],
  [0.2, 0.55],
  ...arc(0.325, 0.36, 0.175, 0.175, -220, 0),
  ...arc(0.675, 0.36, 0.175, 0.175, -180, 40),
  [0.8, 0.55],
];
const face: Part[] = [
  area(...arc(0.35, 0.4, 0.055, 0.07, 0, 345)),
  area(...arc(0.65, 0.4, 0.055, 0.07, 0, 345)),
  line(0.06, ...arc(0.5, 0.5, 0.26, 0.24, 20, 160)),
];
/** The word on a stop sign. */
const stop: Part[] = [
  line(0.035, ...arc(0.22, 0.45, 0.06, 0.06, -20, -270), ...arc(0.22, 0.56, 0.06, 0.06, -90, 160)),
  line(0.035, [0.33, 0.4], [0.47, 0.4]),
  line(0.035, [0.4, 0.4], [0.4, 0.62]),
  line(0.035, ...arc(0.58, 0.51, 0.07, 0.11, 0, 360)),
  line(0.035, [0.71, 0.62], [0.71, 0.4], ...arc(0.76, 0.455, 0.06, 0.055, -90, 90), [0.71, 0.51]),
];

const sign = (id: string, en: string, zh: string, ...ways: (readonly Part[])[]): Sign => ({
  ...{ id, name: { en, zh }, ways, free: false },
});
const symbol = (id: string, en: string, zh: string, ...ways: (readonly Part[])[]): Sign => ({
  ...sign(id, en, zh, ...ways),
  free: true,
});

export const signs: readonly Sign[] = [
  sign('stop', 'stop sign', '停车让行标志', [...plate(regular(8, 0.5, 22.5)), ...stop]),
  sign('no-entry', 'no entry', '禁止驶入标志', [...disc, line(0.17, [0.24, 0.5], [0.76, 0.5])]),
  sign('yield', 'yield sign', '减速让行标志', plate(inverted), [
    ...plate(inverted),
    area(...inverted.map(([x, y]): Point => [0.5 + 0.55 * (x - 0.5), 0.4 + 0.55 * (y - 0.4)])),
  ]),
  sign('warning', 'warning sign', '警告标志', [
    ...plate(triangle),
    line(0.09, [0.5, 0.34], [0.5, 0.62]),
    area(...arc(0.5, 0.75, 0.06, 0.06, 0, 345)),
  ]),
  sign('parking', 'parking', '停车场标志', [
    ...square,
    line(0.1, [0.38, 0.8], [0.38, 0.22], ...arc(0.5, 0.37, 0.17, 0.15, -90, 90), [0.38, 0.52]),
  ]),
  sign('information', 'information', '信息标志', [
    ...disc,
    area(...arc(0.5, 0.25, 0.075, 0.075, 0, 345)),
    line(0.12, [0.5, 0.42], [0.5, 0.8]),
  ]),
  symbol('left', 'arrow left', '左箭头', turned(arrow, leftwards), turned(chevron, leftwards)),
  symbol('right', 'arrow right', '右箭头', arrow, chevron),
  symbol('up', 'arrow up', '上箭头', turned(arrow, upwards), turned(chevron, upwards)),
  symbol('heart', 'heart', '心形', [area(...heart)]),
  symbol('star', 'star', '五角星', [area(...star)]),
  symbol('lightning', 'lightning', '闪电', [
    area([0.58, 0.1], [0.26, 0.56], [0.48, 0.56], [0.4, 0.92], [0.74, 0.42], [0.52, 0.42]),
  ]),
  symbol(
    ...(['cross', 'cross', '十字'] as const),
    [line(0.22, [0.5, 0.18], [0.5, 0.82]), line(0.22, [0.18, 0.5], [0.82, 0.5])],
    [line(0.1, [0.5, 0.18], [0.5, 0.82]), line(0.1, [0.18, 0.5], [0.82, 0.5])],
  ),
  symbol('check', 'check mark', '对勾', [line(0.12, [0.2, 0.52], [0.42, 0.76], [0.8, 0.26])]),
  sign('smiley', 'smiley', '笑脸', [...disc, ...face]),
  symbol(
    ...(['house', 'house', '房屋'] as const),
    [area([0.5, 0.14], [0.88, 0.48], [0.78, 0.48], [0.78, 0.84], [0.22, 0.84], [0.22, 0.48], [0.12, 0.48])],
    [
      line(0.07, [0.14, 0.5], [0.5, 0.16], [0.86, 0.5]),
      line(0.07, [0.24, 0.42], [0.24, 0.84], [0.76, 0.84], [0.76, 0.42]),
      line(0.06, [0.44, 0.84], [0.44, 0.6], [0.56, 0.6], [0.56, 0.84]),
    ],
  ),
];
