/** The image as the network saw it, and over it where that speaks for a class. */
import { useEffect, useRef } from 'react';
import type { Seen } from '../classify';
import { heat } from './picture';
import style from './view.module.css';

export interface Overlay {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
  readonly low: number;
  readonly high: number;
  /** Between the places of a map colours may run; those of a patch are steps. */
  readonly smooth: boolean;
}

interface SeenCanvasProps {
  readonly seen: Pick<Seen, 'pixels' | 'crop'>;
  readonly overlay: Overlay | undefined;
  readonly label: string;
}

const SIDE = 448;

export function SeenCanvas({ seen, overlay, label }: SeenCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const draw = (
      pixels: Uint8ClampedArray<ArrayBuffer>,
      width: number,
      height: number,
      smooth: boolean,
    ): void => {
      const small = new OffscreenCanvas(width, height);
      small.getContext('2d')!.putImageData(new ImageData(pixels, width, height), 0, 0);
      context.imageSmoothingEnabled = smooth;
      context.imageSmoothingQuality = 'high';
      context.drawImage(small, 0, 0, SIDE, SIDE);
    };
    context.clearRect(0, 0, SIDE, SIDE);
    draw(seen.pixels, seen.crop, seen.crop, seen.crop > 160);
    if (!overlay) return;
    const { values, low, high, width, height, smooth } = overlay;
    draw(heat(values, low, high, 0.62), width, height, smooth);
  }, [seen, overlay]);
  return (
    <canvas ref={canvas} className={style.seen} width={SIDE} height={SIDE} role="img" aria-label={label} />
  );
}
