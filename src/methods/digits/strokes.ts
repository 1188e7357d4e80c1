/** The ten digits as strokes, drawn by hand for this project: x to the right, y down, the digit within [0, 1]². */

export type Point = readonly [x: number, y: number];
/** Line segments from point to point. */
export type Stroke = readonly Point[];

/** Points on an ellipse from `from` to `to` degrees, clockwise on the screen from the x axis. */
function arc(cx: number, cy: number, rx: number, ry: number, from: number, to: number): Point[] {
  const steps = Math.max(2, Math.ceil(Math.abs(to - from) / 15));
  return Array.from({ length: steps + 1 }, (_, i) => {
    const angle = ((from + ((to - from) * i) / steps) * Math.PI) / 180;
    return [cx + rx * Math.cos(angle), cy + ry * Math.sin(angle)];
  });
}

/** Of each digit the ways people write it. */
export const digits: readonly (readonly (readonly Stroke[])[])[] = [
  [[arc(0.5, 0.5, 0.3, 0.45, -90, 270)]],
  [
    [
      [
        [0.32, 0.25],
        [0.52, 0.05],
        [0.52, 0.95],
      ],
    ],
    [
      [
        [0.5, 0.05],
        [0.5, 0.95],
      ],
    ],
  ],
  [[[...arc(0.5, 0.3, 0.28, 0.25, -170, 40), [0.2, 0.95], [0.8, 0.95]]]],
  [[[...arc(0.47, 0.28, 0.27, 0.23, -150, 90), ...arc(0.47, 0.73, 0.3, 0.23, -90, 150)]]],
  [
    [
      [
        [0.65, 0.95],
        [0.65, 0.05],
        [0.18, 0.65],
        [0.85, 0.65],
      ],
    ],
    [
      [
        [0.25, 0.05],
        [0.22, 0.5],
        [0.78, 0.5],
      ],
      [
        [0.72, 0.1],
        [0.68, 0.95],
      ],
    ],
  ],
  [[[[0.78, 0.05], [0.28, 0.05], [0.25, 0.45], ...arc(0.48, 0.67, 0.3, 0.28, -120, 140)]]],
  [[[[0.68, 0.05], [0.42, 0.28], [0.25, 0.6], ...arc(0.5, 0.7, 0.27, 0.24, 180, 540)]]],
  [
    [
      [
        [0.2, 0.05],
        [0.8, 0.05],
        [0.42, 0.95],
      ],
    ],
    [
      [
        [0.2, 0.05],
        [0.8, 0.05],
        [0.42, 0.95],
      ],
      [
        [0.35, 0.5],
        [0.72, 0.5],
      ],
    ],
  ],
  [[arc(0.5, 0.27, 0.23, 0.22, 90, 450), arc(0.5, 0.72, 0.28, 0.23, -90, 270)]],
  [[[...arc(0.5, 0.3, 0.27, 0.25, 0, 360), [0.75, 0.5], [0.6, 0.95]]]],
];
