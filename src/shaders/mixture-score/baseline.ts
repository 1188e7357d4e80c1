/** Denoiser, log density and divergence on one CPU core: the weights once, then the spread around their mean. */
import type { Baseline } from '@/gpu/kernel';
import { COMPONENT, type LevelAttrs } from '@/shaders/lib/mixture';
import { flowOnCpu, prepared, weigh } from '@/shaders/lib/mixtureOnCpu';

export const baseline: Baseline<LevelAttrs> = (inputs, { s, std }, [start, end]) => {
  const x = inputs.x!.data;
  const components = inputs.components!.data;
  const level = prepared(components, s, std, false);
  const logs = new Float64Array(components.length / COMPONENT);
  const found = new Float64Array(3);
  const denoised = new Float32Array(2 * (end - start));
  const logp = new Float32Array(end - start);
  const divergence = new Float32Array(end - start);
  const pull = s / std ** 2;
  for (let row = start; row < end; row++) {
    const [px, py, at] = [x[2 * row]!, x[2 * row + 1]!, row - start];
    weigh(level, logs, px, py, found);
    const [dx, dy, total] = [found[0]!, found[1]!, found[2]!];
    divergence[at] = flowOnCpu(level, logs, found, px, py, pull, 0);
    denoised[2 * at] = dx;
    denoised[2 * at + 1] = dy;
    logp[at] = total - 1.8378770664093453;
  }
  return { denoised, logp, divergence };
};
