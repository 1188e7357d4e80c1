/** A matrix as a heatmap on a texture: bound once for its shape, then only its values and the camera move. */
import { bind, problemOf, reparametrise, type Bound } from '@/gpu/bind';
import type { Device } from '@/gpu/device';
import { fitted, present } from '@/gpu/present';
import { Recorder } from '@/gpu/recorder';
import { ownBytes, type DeviceTensor, type Scope } from '@/gpu/scope';
import { write } from '@/gpu/transfer';
import type { Camera } from '@/lab/session';
import { tensor } from '@/lib/tensor';
import { kernel } from './kernel';
import type { HeatmapAttrs } from './paint';

/** Values that have the first and the last colour. */
export type Range = Pick<HeatmapAttrs, 'low' | 'high'> & { readonly log?: boolean };
export type MatrixShape = readonly [rows: number, columns: number];

/** Bytes of the buffers that a picture holds. */
export const heatmapBytes = (shape: MatrixShape, side: number): number[] => [
  ownBytes({ dtype: 'f32', shape }),
  4 * side * side,
];

export class HeatmapPainter {
  private constructor(
    private readonly device: Device,
    private readonly bound: Bound,
    private readonly matrix: DeviceTensor,
    private readonly pixels: DeviceTensor,
  ) {}

  /**
   * @param scope must live as long as the picture
   * @param side pixels of the largest picture that is painted; finer ones are enlarged
   */
  static async bind(device: Device, scope: Scope, shape: MatrixShape, side: number): Promise<HeatmapPainter> {
    const matrix = scope.tensor('heatmap', { dtype: 'f32', shape });
    const pixels = scope.tensor('pixels', { dtype: 'u32', shape: [side, side] });
    const camera = { x: 0.5, y: 0.5, zoom: 1, width: side, height: side, dark: false };
    const problem = problemOf(kernel, { x: matrix }, attrsAt(camera, shape, { low: 0, high: 1 }));
    const bound = await bind(device, scope, kernel, problem, { x: matrix, pixels });
    return new HeatmapPainter(device, bound, matrix, pixels);
  }

  /** @param values row by row, the first at the top */
  write(values: Float32Array<ArrayBuffer>): void {
    write(this.device, this.matrix, tensor('f32', this.matrix.shape, values));
  }

  /** The whole matrix fills the frame, whatever its shape. */
  draw(target: GPUTexture, camera: Camera, range: Range): void {
    const { device, bound, matrix, pixels } = this;
    const { width, height } = fitted(target, pixels.shape[0]!);
    const attrs = attrsAt({ ...camera, width, height }, matrix.shape, range);
    const plan = kernel.variants[bound.variant]!.plan(problemOf(kernel, { x: matrix }, attrs), device.caps);
    new Recorder(device).add(reparametrise(bound, plan)).submit();
    present(device, { ...pixels, shape: [height, width] }, target);
  }
}

function attrsAt(
  { x, y, zoom, width, height, dark }: Camera,
  [rows = 1, columns = 1]: readonly number[],
  { low, high, log = false }: Range,
): HeatmapAttrs {
  return {
    x0: (x - 0.5 / zoom) * columns,
    y0: (y - 0.5 / zoom) * rows,
    across: columns / zoom / width,
    down: rows / zoom / height,
    ...{ width, height, dark, low, high, log },
  };
}
