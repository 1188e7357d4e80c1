/** The demo's picture, painted by the GPU from x and y where they lie: a series with its maxima, or an image. */
import { bindPlan, reparametrise, type Bound } from '@/gpu/bind';
import { f32, u32, type Pass, type Plan } from '@/gpu/kernel';
import { present } from '@/gpu/present';
import { Recorder } from '@/gpu/recorder';
import type { DeviceTensor, Scope } from '@/gpu/scope';
import type { Camera, Context } from '@/lab/session';
import type { Dims } from '@/shaders/sliding-window-max/dims';
import imageCode from './paint-image.wgsl?raw';
import seriesCode from './paint-series.wgsl?raw';

/** Finer pictures are painted at this size and enlarged. */
const WIDTH = 2048;
const HEIGHT = 1536;
/** Of the pixels, and of each column's ranges. */
export const PICTURE_BYTES = [4 * WIDTH * HEIGHT, 16 * WIDTH];

export interface Picture {
  readonly x: DeviceTensor;
  readonly y: DeviceTensor;
  readonly dims: Dims;
  readonly low: number;
  readonly high: number;
}

export class Painter {
  private readonly pixels: DeviceTensor;
  private readonly ranges: DeviceTensor;
  private bound: { readonly picture: Picture; readonly passes: Bound } | undefined;

  constructor(private readonly ctx: Pick<Context, 'device' | 'scope'>) {
    this.pixels = ctx.scope.tensor('pixels', { dtype: 'u32', shape: [HEIGHT, WIDTH] });
    this.ranges = ctx.scope.tensor('column ranges', { dtype: 'f32', shape: [WIDTH, 4] });
  }

  /** Compiles, so that frames need not wait. `scope` is that of x and y. */
  async bind(scope: Scope, picture: Picture): Promise<void> {
    const { x, y } = picture;
    const tensors = { x, y, pixels: this.pixels, ranges: this.ranges };
    const plan = planOf(picture, { x: 0.5, y: 0.5, zoom: 1, width: 1, height: 1, dark: false }, 0.5);
    this.bound = { picture, passes: await bindPlan(this.ctx.device, scope, plan, tensors, 'paint') };
  }

  /** Before anything was bound there is nothing to show. */
  draw(target: GPUTexture, camera: Camera, split: number): void {
    if (!this.bound) return;
    const scale = Math.min(1, WIDTH / target.width, HEIGHT / target.height);
    const width = Math.max(1, Math.floor(target.width * scale));
    const height = Math.max(1, Math.floor(target.height * scale));
    const plan = planOf(this.bound.picture, { ...camera, width, height }, split);
    new Recorder(this.ctx.device).add(reparametrise(this.bound.passes, plan)).submit();
    present(this.ctx.device, { ...this.pixels, shape: [height, width] }, target);
  }
}

function planOf({ x, dims, low, high }: Picture, camera: Camera, split: number): Plan {
  const { width, height, dark, zoom } = camera;
  const half = 0.5 / zoom;
  const common = {
    width: u32(width),
    height: u32(height),
    left: f32(camera.x - half),
    right: f32(camera.x + half),
    low: f32(low),
    high: f32(high === low ? low + 1 : high),
    dark: u32(dark ? 1 : 0),
  };
  const constants = { IS_FLOAT: x.dtype === 'f32' };
  const bits = { access: 'read', dtype: 'i32' } as const;
  const pixels = { name: 'pixels', access: 'read_write' } as const;
  const groups = Math.ceil((width * height) / 64);
  if (dims.rank === 2) {
    const { h, w, kh, kw, outH, outW } = dims;
    const pass: Pass = {
      shader: { file: 'demos/sliding-window-max/paint-image.wgsl', code: imageCode },
      entry: 'paint',
      constants,
      params: {
        ...common,
        ...{ top: f32(camera.y - half), bottom: f32(camera.y + half), split: f32(split) },
        ...{ h: u32(h), w: u32(w), kh: u32(kh), kw: u32(kw), out_h: u32(outH), out_w: u32(outW) },
      },
      bindings: [{ name: 'x', ...bits }, { name: 'y', ...bits }, pixels],
      groups,
      flops: 20 * width * height,
    };
    return { passes: [pass] };
  }
  const { w: samples, outW: windows } = dims;
  const series: Omit<Pass, 'entry' | 'groups' | 'flops'> = {
    shader: { file: 'demos/sliding-window-max/paint-series.wgsl', code: seriesCode },
    constants,
    params: { ...common, samples: u32(samples), windows: u32(windows), line: f32(Math.max(1, height / 400)) },
    bindings: [
      { name: 'x', ...bits },
      { name: 'y', ...bits },
      { name: 'ranges', access: 'read_write', vec: 4 },
      pixels,
    ],
  };
  return {
    passes: [
      { ...series, entry: 'find', groups: Math.ceil(width / 64), flops: (4 * samples) / zoom },
      { ...series, entry: 'paint', groups, flops: 20 * width * height },
    ],
  };
}
