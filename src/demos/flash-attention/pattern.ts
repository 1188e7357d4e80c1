/** The pattern as a picture: bound once for a result, then only the camera moves, so that a frame need not wait. */
import { bind, problemOf, reparametrise, type Bound, type Tensors } from '@/gpu/bind';
import type { Device } from '@/gpu/device';
import { present } from '@/gpu/present';
import { Recorder } from '@/gpu/recorder';
import type { DeviceTensor, Scope } from '@/gpu/scope';
import type { Camera } from '@/lab/session';
import type { AttentionAttrs } from '@/shaders/attention/dims';
import { kernel } from '@/shaders/draw-attention/kernel';
import { drawDims } from '@/shaders/draw-attention/paint';

/** Pixels kept for the picture; a larger target shows each of them more than once. */
const MOST_PIXELS = 1 << 20;
export const PIXEL_BYTES = 4 * MOST_PIXELS;

export class Pattern {
  private constructor(
    private readonly device: Device,
    private readonly bound: Bound,
    private readonly given: Tensors,
    private readonly pixels: DeviceTensor,
    private readonly attrs: AttentionAttrs,
  ) {}

  /** Draws from these q, k and lse; `scope` must live as long as the picture. */
  static async bind(
    device: Device,
    scope: Scope,
    { q, k, mask, lse }: Tensors,
    attrs: AttentionAttrs,
  ): Promise<Pattern> {
    const given = { q: q!, k: k!, lse: lse!, ...(mask && { mask }) };
    const [height, width] = [1024, MOST_PIXELS / 1024];
    const pixels = scope.tensor('pixels', { dtype: 'u32', shape: [height, width] });
    const place = { batch: 0, head: 0, x0: 0, y0: 0, zoom: 1, gamma: 1, dark: false };
    const problem = problemOf(kernel, given, { ...attrs, ...place, width, height });
    const bound = await bind(device, scope, kernel, problem, { ...given, pixels });
    return new Pattern(device, bound, given, pixels, attrs);
  }

  /** The pattern of head b·H + h as the camera sees it. */
  draw(head: number, target: GPUTexture, camera: Camera): void {
    const { device, bound, given, pixels, attrs } = this;
    const { H, S, T } = drawDims({ inputs: given, attrs: { ...attrs, ...origin } });
    const { width, height } = fit(target.width, target.height);
    const problem = problemOf(kernel, given, {
      ...attrs,
      ...windowOf(camera, S, T, width, height),
      batch: Math.floor(head / H),
      head: head % H,
      gamma: gammaOf(T),
      dark: camera.dark,
      width,
      height,
    });
    const plan = kernel.variants[bound.variant]!.plan(problem, device.caps);
    new Recorder(device).add(reparametrise(bound, plan)).submit();
    present(device, { ...pixels, shape: [height, width] }, target);
  }
}

const origin = { batch: 0, head: 0, x0: 0, y0: 0, zoom: 1, width: 1, height: 1, gamma: 1, dark: false };

/** Looking everywhere alike, P = 1/T, gets the middle of the colours: (1/T)^γ = ½. */
export const gammaOf = (T: number): number => Math.LN2 / Math.log(Math.max(2, T));

/** Where a camera over the whole pattern begins, and its pixels a cell; cells are square, the middle stays. */
export function windowOf(
  { x, y, zoom }: Pick<Camera, 'x' | 'y' | 'zoom'>,
  S: number,
  T: number,
  width: number,
  height: number,
): { readonly x0: number; readonly y0: number; readonly zoom: number } {
  const pixelsPerCell = zoom * Math.min(width / T, height / S);
  return {
    x0: x * T - width / 2 / pixelsPerCell,
    y0: y * S - height / 2 / pixelsPerCell,
    zoom: pixelsPerCell,
  };
}

/** The target's own size, or as near as the pixels reach in the same shape. */
export function fit(width: number, height: number): { width: number; height: number } {
  const scale = Math.min(1, Math.sqrt(MOST_PIXELS / (width * height)));
  return { width: Math.max(1, Math.floor(width * scale)), height: Math.max(1, Math.floor(height * scale)) };
}
