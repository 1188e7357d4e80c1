/** A text as a QR code: dark modules as one SVG path, with the quiet zone that readers need. */
import { encode } from 'uqr';

export interface Qr {
  readonly size: number;
  readonly path: string;
}

/** Nothing where the text is longer than the largest code holds (about 2,300 bytes). */
export function qrOf(text: string): Qr | undefined {
  try {
    const { size, data } = encode(text, { ecc: 'M', border: 2 });
    const path = data.flatMap((row, y) => row.map((on, x) => (on ? `M${x} ${y}h1v1h-1z` : ''))).join('');
    return { size, path };
  } catch {
    return undefined;
  }
}

/** Readers expect dark on light, whatever the page's colours. */
export const svgOf = ({ size, path }: Qr): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><rect width="100%" height="100%" fill="#fff"/><path d="${path}"/></svg>`;
