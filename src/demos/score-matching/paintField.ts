/** The error of the learned field over the plane as a heatmap. */
import { bind, problemOf, reparametrise, type Bound } from '@/gpu/bind';
import type { Device } from '@/gpu/device';
import { present } from '@/gpu/present';
import { Recorder } from '@/gpu/recorder';
import type { DeviceTensor, Scope } from '@/gpu/scope';
import { write } from '@/gpu/transfer';
import type { Camera } from '@/lab/session';
import { tensor } from '@/lib/tensor';
import { GRID } from '@/methods/score/field';
import { kernel } from '@/shaders/draw-heatmap/kernel';
import type { HeatmapAttrs } from '@/shaders/draw-heatmap/paint';

const SIDE = 768;
/** The error that has the last colour: the learned score is as far off as the exact one is large. */
export const MOST_ERROR = 1;

export class FieldPainter {
  private constructor(
    private readonly device: Device,
    private readonly bound: Bound,
    private readonly map: DeviceTensor,
    private readonly pixels: DeviceTensor,
  ) {}

  static async bind(device: Device, scope: Scope): Promise<FieldPainter> {
    const map = scope.tensor('error map', { dtype: 'f32', shape: [GRID, GRID] });
    const pixels = scope.tensor('pixels', { dtype: 'u32', shape: [SIDE, SIDE] });
    const camera = { x: 0.5, y: 0.5, zoom: 1, width: SIDE, height: SIDE, dark: false };
    const problem = problemOf(kernel, { x: map }, attrsAt(camera));
    const bound = await bind(device, scope, kernel, problem, { x: map, pixels });
    return new FieldPainter(device, bound, map, pixels);
  }

  /** @param values [GRID, GRID], from the upper left */
  draw(target: GPUTexture, camera: Camera, values: Float32Array<ArrayBuffer>): void {
    const { device, bound, map, pixels } = this;
    const scale = Math.min(1, SIDE / target.width, SIDE / target.height);
    const width = Math.max(1, Math.floor(target.width * scale));
    const height = Math.max(1, Math.floor(target.height * scale));
    const problem = problemOf(kernel, { x: map }, attrsAt({ ...camera, width, height }));
    const plan = kernel.variants[bound.variant]!.plan(problem, device.caps);
    write(device, map, tensor('f32', [GRID, GRID], values));
    new Recorder(device).add(reparametrise(bound, plan)).submit();
    present(device, { ...pixels, shape: [height, width] }, target);
  }
}

function attrsAt({ x, y, zoom, width, height, dark }: Camera): HeatmapAttrs {
  const side = GRID / zoom;
  return {
    ...{ x0: x * GRID - side / 2, y0: y * GRID - side / 2, across: side / width, down: side / height },
    ...{ width, height, low: 0, high: MOST_ERROR, log: false, dark },
  };
}
