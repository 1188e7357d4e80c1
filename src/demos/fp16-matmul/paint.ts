/** The errors as a picture: bound once for a result, then only the camera moves, so that a frame need not wait. */
import { bind, problemOf, reparametrise, type Bound, type Tensors } from '@/gpu/bind';
import type { Device } from '@/gpu/device';
import { present } from '@/gpu/present';
import { Recorder } from '@/gpu/recorder';
import type { DeviceTensor, Scope } from '@/gpu/scope';
import { upload } from '@/gpu/transfer';
import type { Camera } from '@/lab/session';
import { tensor } from '@/lib/tensor';
import { kernel } from '@/shaders/draw-heatmap/kernel';
import type { HeatmapAttrs } from '@/shaders/draw-heatmap/paint';
import type { Sizes } from './inputs';
import { sampledRows, type Analysis } from './product';

/** Finer pictures are painted at this size and enlarged. */
const SIDE = 1024;

export const pictureBytes = (sizes: Sizes): number[] => [4 * SIDE * SIDE, 4 * sampledRows(sizes) * sizes.n];

export class Painter {
  private constructor(
    private readonly device: Device,
    private readonly bound: Bound,
    private readonly given: Tensors,
    private readonly pixels: DeviceTensor,
    private readonly range: Analysis['range'],
  ) {}

  /** @param scope must live as long as the picture */
  static async bind(
    device: Device,
    scope: Scope,
    { rows, map, range }: Analysis,
    n: number,
  ): Promise<Painter> {
    const given = { x: upload(device, scope, 'errors', tensor('f32', [rows.length, n], map)) };
    const pixels = scope.tensor('pixels', { dtype: 'u32', shape: [SIDE, SIDE] });
    const attrs = attrsAt({ x: 0.5, y: 0.5, zoom: 1, width: SIDE, height: SIDE, dark: false }, [1, 1], range);
    const bound = await bind(device, scope, kernel, problemOf(kernel, given, attrs), { ...given, pixels });
    return new Painter(device, bound, given, pixels, range);
  }

  draw(target: GPUTexture, camera: Camera): void {
    const { device, bound, given, pixels } = this;
    const scale = Math.min(1, SIDE / target.width, SIDE / target.height);
    const width = Math.max(1, Math.floor(target.width * scale));
    const height = Math.max(1, Math.floor(target.height * scale));
    const attrs = attrsAt({ ...camera, width, height }, given.x!.shape, this.range);
    const plan = kernel.variants[bound.variant]!.plan(problemOf(kernel, given, attrs), device.caps);
    new Recorder(device).add(reparametrise(bound, plan)).submit();
    present(device, { ...pixels, shape: [height, width] }, target);
  }
}

/** The whole matrix fills the frame, whatever its shape. */
function attrsAt(
  { x, y, zoom, width, height, dark }: Camera,
  [rows = 1, columns = 1]: readonly number[],
  range: Analysis['range'],
): HeatmapAttrs {
  return {
    x0: (x - 0.5 / zoom) * columns,
    y0: (y - 0.5 / zoom) * rows,
    across: columns / zoom / width,
    down: rows / zoom / height,
    ...{ width, height, dark, log: true, ...range },
  };
}
