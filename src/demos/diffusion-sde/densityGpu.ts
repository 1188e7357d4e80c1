/** A run's particles counted along an axis at many levels, from where they lie on the GPU. */
import { bind, problemOf, reparametrise } from '@/gpu/bind';
import type { Device } from '@/gpu/device';
import { Recorder } from '@/gpu/recorder';
import type { Scope } from '@/gpu/scope';
import { download } from '@/gpu/transfer';
import { valuesOf } from '@/lib/tensor';
import type { Particles } from '@/methods/diffusion/particles';
import { kernel } from '@/shaders/histogram-2d/kernel';
import { BINS, stripOf, type Axis, type Strip } from './density';

/** [strips, BINS] shares of the particles. */
export async function countStrips(
  device: Device,
  parent: Scope,
  particles: Particles,
  axis: Axis,
  strips: readonly Strip[],
  signal: AbortSignal,
): Promise<Float64Array> {
  const scope = parent.child('strips');
  try {
    const n = particles.x.shape[0]!;
    const shown = scope.tensor('shown', particles.x);
    const problem = ({ half }: Strip) => problemOf(kernel, { x: shown }, stripOf(axis, half));
    const counts = scope.tensor('counts', { dtype: 'u32', shape: [BINS] });
    const all = scope.tensor('all counts', { dtype: 'u32', shape: [strips.length, BINS] });
    const bound = await bind(device, scope, kernel, problem(strips[0]!), { x: shown, counts });
    const recorder = new Recorder(device);
    for (const [i, strip] of strips.entries()) {
      const plan = kernel.variants[bound.variant]!.plan(problem(strip), device.caps);
      recorder
        .copy(particles.history.buffer, shown.buffer, 8 * n, particles.keptAt(strip.step) * 8 * n)
        .add(reparametrise(bound, plan))
        .copy(counts.buffer, all.buffer, 4 * BINS, 0, 4 * BINS * i);
    }
    await recorder.run(signal);
    return Float64Array.from(valuesOf(await download(device, all)), (count) => count / n);
  } finally {
    scope.close();
  }
}
