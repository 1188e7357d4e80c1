/** Particles on a texture: bound once for a number of them, then only their place in memory and the camera move. */
import { bind, problemOf, reparametrise, type Bound } from '@/gpu/bind';
import type { Device } from '@/gpu/device';
import { fitted, present } from '@/gpu/present';
import { Recorder } from '@/gpu/recorder';
import { ownBytes, type DeviceTensor, type Scope } from '@/gpu/scope';
import type { Camera } from '@/lab/session';
import { kernel } from './kernel';
import type { DrawParticlesAttrs } from './paint';

export interface ParticleLook {
  /** Pixels of the largest picture that is painted; finer ones are enlarged. */
  readonly side: number;
  /** 0xRRGGBB on either ground. */
  readonly ink: { readonly light: number; readonly dark: number };
}

/** The colour of the method that a demo is about. */
export const INK = { light: 0x0072b2, dark: 0x56b4e9 } as const;

/** Particles up to here stay visible one by one; more of them leave their density. */
const FEW = 20_000;

/** Bytes of the buffers that a picture of n particles holds. */
export const pictureBytes = (n: number, side: number): number[] => [
  ownBytes({ dtype: 'f32', shape: [n, 2] }),
  ...[4 * side * side, 4 * side * side],
];

export class ParticlePainter {
  private constructor(
    private readonly device: Device,
    private readonly look: ParticleLook,
    private readonly bound: Bound,
    private readonly shown: DeviceTensor,
    private readonly pixels: DeviceTensor,
  ) {}

  /** @param n how many particles; @param scope must live as long as the picture */
  static async bind(device: Device, scope: Scope, n: number, look: ParticleLook): Promise<ParticlePainter> {
    const { side } = look;
    const shown = scope.tensor('shown', { dtype: 'f32', shape: [n, 2] });
    const pixels = scope.tensor('pixels', { dtype: 'u32', shape: [side, side] });
    const camera = { x: 0.5, y: 0.5, zoom: 1, width: side, height: side, dark: false };
    const problem = problemOf(kernel, { x: shown }, attrsAt(camera, 1, n, look));
    const bound = await bind(device, scope, kernel, problem, { x: shown, pixels });
    return new ParticlePainter(device, look, bound, shown, pixels);
  }

  /**
   * @param history [kept, n, 2], of which `at` is painted
   * @param half of the side of the square around 0 that is seen
   */
  draw(target: GPUTexture, camera: Camera, history: DeviceTensor, at: number, half: number): void {
    const { device, bound, shown, pixels, look } = this;
    const n = shown.shape[0]!;
    const { width, height } = fitted(target, look.side);
    const attrs = attrsAt({ ...camera, width, height }, half, n, look);
    const plan = kernel.variants[bound.variant]!.plan(problemOf(kernel, { x: shown }, attrs), device.caps);
    new Recorder(device)
      .copy(history.buffer, shown.buffer, 8 * n, at * 8 * n)
      .add(reparametrise(bound, plan))
      .submit();
    present(device, { ...pixels, shape: [height, width] }, target);
  }
}

function attrsAt(
  { x, y, zoom, width, height, dark }: Camera,
  half: number,
  n: number,
  { side, ink }: ParticleLook,
): DrawParticlesAttrs {
  const seen = (2 * half) / zoom;
  const [left, top] = [(2 * x - 1) * half - seen / 2, (1 - 2 * y) * half + seen / 2];
  return {
    ...{ left, top, right: left + seen, bottom: top - seen, width, height, dark },
    radius: Math.max(0.5, Math.max(width, height) / (n < FEW ? 400 : 800)),
    opacity: Math.min(0.6, Math.max(0.02, (4 * side) / n)),
    ink: ink[dark ? 'dark' : 'light'],
  };
}
