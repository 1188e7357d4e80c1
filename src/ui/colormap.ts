/** Perceptually even colour maps (matplotlib's viridis and cividis, CC0), sampled at nine points. */
const maps = {
  viridis: [
    '#440154',
    '#472d7b',
    '#3b528b',
    '#2c728e',
    '#21918c',
    '#28ae80',
    '#5ec962',
    '#addc30',
    '#fde725',
  ],
  cividis: [
    '#00224e',
    '#123570',
    '#3b496c',
    '#575d6d',
    '#707173',
    '#8a8678',
    '#a59c74',
    '#c3b369',
    '#fee838',
  ],
} as const;

export type ColormapName = keyof typeof maps;
export type Rgb = readonly [r: number, g: number, b: number];

const rgb = (hex: string): Rgb => {
  const n = parseInt(hex.slice(1), 16);
  return [n >> 16, (n >> 8) & 255, n & 255];
};
const tables: Readonly<Record<ColormapName, readonly Rgb[]>> = {
  viridis: maps.viridis.map(rgb),
  cividis: maps.cividis.map(rgb),
};

/** The colour at t in [0, 1], each channel 0…255. */
export function colourAt(name: ColormapName, t: number): Rgb {
  const table = tables[name];
  const at = Math.min(1, Math.max(0, Number.isNaN(t) ? 0 : t)) * (table.length - 1);
  const low = table[Math.floor(at)] ?? [0, 0, 0];
  const high = table[Math.ceil(at)] ?? low;
  const mix = (i: 0 | 1 | 2): number => Math.round(low[i] + (high[i] - low[i]) * (at - Math.floor(at)));
  return [mix(0), mix(1), mix(2)];
}

/** The same map as a CSS gradient, left to right. */
export const gradient = (name: ColormapName): string => `linear-gradient(to right, ${maps[name].join(', ')})`;
