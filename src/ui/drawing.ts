/** A drawing under the hand, pure: strokes on the square [−1, 1]², y upwards, a keyboard's pen, undo. */
export type Stroke = readonly (readonly [x: number, y: number])[];

export interface Pen {
  readonly at: readonly [number, number];
  readonly down: boolean;
}

export const restingPen: Pen = { at: [0, 0], down: false };
export const KEY_STEP = 0.05;

const moves: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

const inside = (value: number): number => Math.min(1, Math.max(-1, value));

/** What a key does to the pen and the stroke under it; nothing where the key is not the drawing's. */
export function keyed(
  pen: Pen,
  stroke: Stroke,
  key: string,
): { readonly pen: Pen; readonly stroke: Stroke; readonly done: boolean } | undefined {
  const move = moves[key];
  if (move) {
    const at = [inside(pen.at[0] + KEY_STEP * move[0]), inside(pen.at[1] + KEY_STEP * move[1])] as const;
    return { pen: { ...pen, at }, stroke: pen.down ? [...stroke, at] : stroke, done: false };
  }
  if (key === ' ' || key === 'Enter') {
    return pen.down
      ? { pen: { ...pen, down: false }, stroke, done: true }
      : { pen: { ...pen, down: true }, stroke: [pen.at], done: false };
  }
  if (key === 'Escape' && pen.down) return { pen: { ...pen, down: false }, stroke: [], done: false };
  return undefined;
}

/** A stroke goes on only where it moved visibly. */
export function extended(stroke: Stroke, to: readonly [number, number]): Stroke {
  const last = stroke[stroke.length - 1];
  const at = [inside(to[0]), inside(to[1])] as const;
  return last && Math.hypot(at[0] - last[0], at[1] - last[1]) < 0.008 ? stroke : [...stroke, at];
}
