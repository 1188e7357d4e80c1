/** What the kernel, its reference and its baseline agree on: attributes, ink, how much of it, what lies under it. */
import type { WindowAttrs } from '@/shaders/lib/window';
import { outside } from '../draw-heatmap/paint';

export interface DrawParticlesAttrs extends WindowAttrs {
  /** Of a particle's disc, in pixels. */
  readonly radius: number;
  /** Of one particle alone, less than 1. */
  readonly opacity: number;
  /** 0xRRGGBB */
  readonly ink: number;
  /** The ground where no picture is given. */
  readonly dark: boolean;
}

export const inkOf = (ink: number): readonly [number, number, number] => [
  (ink >> 16) & 255,
  (ink >> 8) & 255,
  ink & 255,
];

/** c particles are c·gain/(1 + c·gain) opaque; coverage is counted in 255ths of a particle. */
export const gainOf = (opacity: number): number => opacity / (1 - opacity) / 255;

export const groundOf = outside;

/** A pixel under `amount` 255ths of particles. */
export function painted(ground: number, amount: number, { opacity, ink }: DrawParticlesAttrs): number {
  const c = amount * gainOf(opacity);
  const alpha = c / (1 + c);
  const bytes = inkOf(ink).map((byte, i) => {
    const under = (ground >>> (8 * i)) & 255;
    return Math.floor(under + (byte - under) * alpha + 0.5);
  });
  return (bytes[0]! | (bytes[1]! << 8) | (bytes[2]! << 16) | (255 << 24)) >>> 0;
}
