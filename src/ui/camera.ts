/** Moving over a picture: (x, y) is the middle of what is seen, in [0, 1]² of the whole; zoom 1 shows all. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}
export interface Point {
  readonly x: number;
  readonly y: number;
}

export const whole: Place = { x: 0.5, y: 0.5, zoom: 1 };
const MAX_ZOOM = 64;

/** Keeps the window inside the picture. */
export function clampPlace({ x, y, zoom }: Place): Place {
  const z = Math.min(MAX_ZOOM, Math.max(1, zoom));
  const margin = 0.5 / z;
  const inside = (v: number): number => Math.min(1 - margin, Math.max(margin, v));
  return { x: inside(x), y: inside(y), zoom: z };
}

/** A point of the frame, in [0, 1]², as a point of the picture. */
export const toPicture = (place: Place, p: Point): Point => ({
  x: place.x + (p.x - 0.5) / place.zoom,
  y: place.y + (p.y - 0.5) / place.zoom,
});

/** Zooms by `factor` and keeps the picture's point under `at` (of the frame) where it is. */
export function zoomAt(place: Place, at: Point, factor: number): Place {
  const fixed = toPicture(place, at);
  const zoom = Math.min(MAX_ZOOM, Math.max(1, place.zoom * factor));
  return clampPlace({ x: fixed.x - (at.x - 0.5) / zoom, y: fixed.y - (at.y - 0.5) / zoom, zoom });
}

/** Moves by a part of the frame. */
export const pan = (place: Place, dx: number, dy: number): Place =>
  clampPlace({ ...place, x: place.x + dx / place.zoom, y: place.y + dy / place.zoom });

/** The key's move, or undefined for keys that are someone else's. */
export function keyMove(place: Place, key: string): Place | undefined {
  const middle = { x: 0.5, y: 0.5 };
  switch (key) {
    case 'ArrowLeft':
      return pan(place, -0.1, 0);
    case 'ArrowRight':
      return pan(place, 0.1, 0);
    case 'ArrowUp':
      return pan(place, 0, -0.1);
    case 'ArrowDown':
      return pan(place, 0, 0.1);
    case '+':
    case '=':
      return zoomAt(place, middle, 1.5);
    case '-':
      return zoomAt(place, middle, 1 / 1.5);
    case '0':
      return whole;
    default:
      return undefined;
  }
}
