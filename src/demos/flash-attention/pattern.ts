/** The pattern as a picture: bound once for a result, then only the camera moves, so that a frame need not wait. */
import { bind, problemOf, reparametrise, type Bound, type Tensors } from '@/gpu/bind';
import type { Device } from '@/gpu/device';
import { present } from '@/gpu/present';
import { Recorder } from '@/gpu/recorder';
import type { DeviceTensor, Scope } from '@/gpu/scope';
import type { Camera } from '@/lab/session';
import type { AttentionAttrs } from '@/shaders/attention/dims';
import { kernel, type DrawAttrs } from '@/shaders/draw-attention/kernel';

/** Pixels kept for the picture; a larger target shows each of them more than once. */
const MOST_PIXELS = 1 << 20;

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
    const problem = problemOf(kernel, given, { ...attrs, ...still, width, height });
    const bound = await bind(device, scope, kernel, problem, { ...given, pixels });
    return new Pattern(device, bound, given, pixels, attrs);
  }

  /** The pattern of head b·H + h as the camera sees it. */
  draw(head: number, target: GPUTexture, camera: Camera): void {
    const { device, bound, given, pixels, attrs } = this;
    const { width, height } = fit(target.width, target.height);
    const { x, y, zoom, dark } = camera;
    const problem = problemOf(kernel, given, { ...attrs, head, x, y, zoom, dark, width, height });
    const plan = kernel.variants.direct!.plan(problem, device.caps);
    new Recorder(device).add(reparametrise(bound, plan)).submit();
    present(device, { ...pixels, shape: [height, width] }, target);
  }
}

const still: Pick<DrawAttrs, 'head' | 'x' | 'y' | 'zoom' | 'dark'> = {
  head: 0,
  x: 0.5,
  y: 0.5,
  zoom: 1,
  dark: false,
};

/** The target's own size, or as near as the pixels reach in the same shape. */
export function fit(width: number, height: number): { width: number; height: number } {
  const scale = Math.min(1, Math.sqrt(MOST_PIXELS / (width * height)));
  return { width: Math.max(1, Math.floor(width * scale)), height: Math.max(1, Math.floor(height * scale)) };
}
