/** The particles of a run at one of its steps as a picture: bound once for a run, then only step and camera move. */
import { bind, problemOf, reparametrise, type Bound } from '@/gpu/bind';
import type { Device } from '@/gpu/device';
import { present } from '@/gpu/present';
import { Recorder } from '@/gpu/recorder';
import type { DeviceTensor, Scope } from '@/gpu/scope';
import type { Camera } from '@/lab/session';
import type { Particles } from '@/methods/diffusion/particles';
import { kernel } from '@/shaders/draw-particles/kernel';
import type { DrawParticlesAttrs } from '@/shaders/draw-particles/paint';
import type { Kind } from './names';

/** Finer pictures are painted at this size and enlarged. */
const SIDE = 640;
/** The colours that the runs have in charts. */
const inks: Readonly<Record<Kind, { readonly light: number; readonly dark: number }>> = {
  forward: { light: 0x009e73, dark: 0x009e73 },
  reverse: { light: 0x0072b2, dark: 0x56b4e9 },
  ode: { light: 0xd55e00, dark: 0xd55e00 },
};

/** Pixels and what is counted in each. */
export const PICTURE_BYTES = [4 * SIDE * SIDE, 4 * SIDE * SIDE];

export class Painter {
  private constructor(
    private readonly device: Device,
    private readonly particles: Particles,
    private readonly kind: Kind,
    private readonly bound: Bound,
    private readonly shown: DeviceTensor,
    private readonly pixels: DeviceTensor,
  ) {}

  /** @param scope must live as long as the picture */
  static async bind(device: Device, scope: Scope, particles: Particles, kind: Kind): Promise<Painter> {
    const shown = scope.tensor('shown', particles.x);
    const pixels = scope.tensor('pixels', { dtype: 'u32', shape: [SIDE, SIDE] });
    const camera = { x: 0.5, y: 0.5, zoom: 1, width: SIDE, height: SIDE, dark: false };
    const problem = problemOf(kernel, { x: shown }, attrsAt(camera, 1, shown.shape[0]!, kind));
    const bound = await bind(device, scope, kernel, problem, { x: shown, pixels });
    return new Painter(device, particles, kind, bound, shown, pixels);
  }

  /** @param half of the side of the square that is seen */
  draw(target: GPUTexture, camera: Camera, step: number, half: number): void {
    const { device, bound, particles, kind, shown, pixels } = this;
    const scale = Math.min(1, SIDE / target.width, SIDE / target.height);
    const width = Math.max(1, Math.floor(target.width * scale));
    const height = Math.max(1, Math.floor(target.height * scale));
    const attrs = attrsAt({ ...camera, width, height }, half, shown.shape[0]!, kind);
    const plan = kernel.variants[bound.variant]!.plan(problemOf(kernel, { x: shown }, attrs), device.caps);
    const bytes = 8 * shown.shape[0]!;
    new Recorder(device)
      .copy(particles.history.buffer, shown.buffer, bytes, particles.keptAt(step) * bytes)
      .add(reparametrise(bound, plan))
      .submit();
    present(device, { ...pixels, shape: [height, width] }, target);
  }
}

function attrsAt(
  { x, y, zoom, width, height, dark }: Camera,
  half: number,
  particles: number,
  kind: Kind,
): DrawParticlesAttrs {
  const side = (2 * half) / zoom;
  const [left, top] = [(2 * x - 1) * half - side / 2, (1 - 2 * y) * half + side / 2];
  return {
    ...{ left, top, right: left + side, bottom: top - side, width, height, dark },
    // A few stay visible, many leave their density.
    radius: Math.max(0.5, (Math.max(width, height) / SIDE) * (particles < 20_000 ? 1.75 : 1)),
    opacity: Math.min(0.6, Math.max(0.02, 2500 / particles)),
    ink: inks[kind][dark ? 'dark' : 'light'],
  };
}
