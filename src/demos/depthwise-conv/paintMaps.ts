/** Channels of a feature map side by side, each over the whole range of colours. */
import { f32, u32s, type Pass, type Plan } from '@/gpu/kernel';
import type { Camera } from '@/lab/session';
import colormapCode from '@/shaders/lib/colormap.wgsl?raw';
import paintCode from './paint-maps.wgsl?raw';

export interface Maps {
  /** So many of the channels. */
  readonly shown: number;
  readonly channels: number;
  /** [1, H, W, C]. */
  readonly shape: readonly number[];
}

export const whole: Camera = { x: 0.5, y: 0.5, zoom: 1, width: 1, height: 1, dark: false };

/** As near a square of pictures as whole numbers allow. */
const columnsOf = (shown: number): number => Math.ceil(Math.sqrt(shown));

export function paintPlan(maps: Maps, { x, y, zoom, width, height, dark }: Camera): Plan {
  const [, h = 1, w = 1, channels = 1] = maps.shape;
  const columns = columnsOf(maps.shown);
  const half = 0.5 / zoom;
  const pass: Omit<Pass, 'entry' | 'groups' | 'flops'> = {
    shader: {
      file: 'demos/depthwise-conv/paint-maps.wgsl',
      code: paintCode,
      uses: [{ file: 'lib/colormap.wgsl', code: colormapCode }],
    },
    params: {
      ...u32s({ width, height, h, w, channels, columns, rows: Math.ceil(maps.shown / columns) }),
      ...u32s({ shown: maps.shown, first: 0, dark: Number(dark) }),
      ...{ left: f32(x - half), top: f32(y - half), span: f32(2 * half) },
    },
    bindings: [
      { name: 'y', access: 'read' },
      { name: 'ranges', access: 'read_write', vec: 2 },
      { name: 'pixels', access: 'read_write' },
    ],
  };
  return {
    passes: [
      { ...pass, entry: 'find', groups: Math.ceil(channels / 64), flops: 4 * h * w * channels },
      { ...pass, entry: 'paint', groups: Math.ceil((width * height) / 64), flops: 40 * width * height },
    ],
  };
}
