/** The particles of a frame as a picture: bound once for a run of chains, then only frame and camera move. */
import { bind, problemOf, reparametrise, type Bound } from '@/gpu/bind';
import type { Device } from '@/gpu/device';
import { present } from '@/gpu/present';
import { Recorder } from '@/gpu/recorder';
import type { DeviceTensor, Scope } from '@/gpu/scope';
import type { Camera } from '@/lab/session';
import type { Chains } from '@/methods/score/exactChains';
import { kernel } from '@/shaders/draw-particles/kernel';
import type { DrawParticlesAttrs } from '@/shaders/draw-particles/paint';

/** Finer pictures are painted at this size and enlarged. */
const SIDE = 768;
const INK = { light: 0x0072b2, dark: 0x56b4e9 };

/** Pixels and what is counted in each. */
export const PICTURE_BYTES = [4 * SIDE * SIDE, 4 * SIDE * SIDE];

export class Painter {
  private constructor(
    private readonly device: Device,
    private readonly chains: Chains,
    private readonly bound: Bound,
    private readonly shown: DeviceTensor,
    private readonly pixels: DeviceTensor,
    private readonly half: number,
  ) {}

  /** @param half of the side of the square that is seen; @param scope must live as long as the picture */
  static async bind(device: Device, scope: Scope, chains: Chains, half: number): Promise<Painter> {
    const shown = scope.tensor('shown', chains.x);
    const pixels = scope.tensor('pixels', { dtype: 'u32', shape: [SIDE, SIDE] });
    const camera = { x: 0.5, y: 0.5, zoom: 1, width: SIDE, height: SIDE, dark: false };
    const problem = problemOf(kernel, { x: shown }, attrsAt(camera, half, shown.shape[0]!));
    const bound = await bind(device, scope, kernel, problem, { x: shown, pixels });
    return new Painter(device, chains, bound, shown, pixels, half);
  }

  draw(target: GPUTexture, camera: Camera, frame: number): void {
    const { device, bound, chains, shown, pixels, half } = this;
    const scale = Math.min(1, SIDE / target.width, SIDE / target.height);
    const width = Math.max(1, Math.floor(target.width * scale));
    const height = Math.max(1, Math.floor(target.height * scale));
    const attrs = attrsAt({ ...camera, width, height }, half, shown.shape[0]!);
    const plan = kernel.variants[bound.variant]!.plan(problemOf(kernel, { x: shown }, attrs), device.caps);
    const bytes = 8 * shown.shape[0]!;
    new Recorder(device)
      .copy(chains.history.buffer, shown.buffer, bytes, keptAt(chains, frame) * bytes)
      .add(reparametrise(bound, plan))
      .submit();
    present(device, { ...pixels, shape: [height, width] }, target);
  }
}

/** Where in `history` the frame is, or the one kept before it. */
export const keptAt = ({ kept }: Pick<Chains, 'kept'>, frame: number): number =>
  kept.findLastIndex((each) => each <= frame);

function attrsAt(
  { x, y, zoom, width, height, dark }: Camera,
  half: number,
  particles: number,
): DrawParticlesAttrs {
  const side = (2 * half) / zoom;
  const [left, top] = [(2 * x - 1) * half - side / 2, (1 - 2 * y) * half + side / 2];
  return {
    ...{ left, top, right: left + side, bottom: top - side, width, height, dark },
    // A few stay visible, many leave their density.
    radius: Math.max(0.5, (Math.max(width, height) / SIDE) * (particles < 20_000 ? 2 : 1)),
    opacity: Math.min(0.6, Math.max(0.02, 3000 / particles)),
    ink: dark ? INK.dark : INK.light,
  };
}
