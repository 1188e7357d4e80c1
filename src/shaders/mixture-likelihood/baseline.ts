/** The same steps on one CPU core, point by point; the components are prepared once for each level. */
import type { Baseline } from '@/gpu/kernel';
import { COMPONENT } from '@/shaders/lib/mixture';
import { flowOnCpu, prepared, weigh } from '@/shaders/lib/mixtureOnCpu';
import { crossOf, type ProbeAttrs } from '@/shaders/lib/probe';
import { FLOW_STEP } from './table';

export const baseline: Baseline<ProbeAttrs> = (inputs, attrs, [start, end]) => {
  const x = inputs.x!.data;
  const table = inputs.table!.data;
  const components = inputs.components!.data;
  const steps = table.length / FLOW_STEP;
  const nodes = Array.from({ length: 2 * steps + 1 }, (_, node) => {
    const step = Math.min(node >> 1, steps - 1);
    const at = FLOW_STEP * step + 4 * (node - 2 * step);
    const [s, std] = [table[at]!, table[at + 1]!];
    return { level: prepared(components, s, std, false), pull: s / std ** 2 };
  });
  const logs = new Float64Array(components.length / COMPONENT);
  const found = new Float64Array(3);
  const k = new Float64Array(12);
  const std = table[table.length - 3]!;
  const logp = new Float32Array(end - start);
  for (let row = start; row < end; row++) {
    const q = crossOf(row, attrs);
    let [px, py, gain] = [x[2 * row]!, x[2 * row + 1]!, 0];
    for (let step = 0; step < steps; step++) {
      for (let stage = 0; stage < 4; stage++) {
        const part = (stage + 1) >> 1;
        const { level, pull } = nodes[2 * step + part]!;
        const share = stage === 0 ? 0 : stage === 3 ? 1 : 0.5;
        const before = 3 * Math.max(0, stage - 1);
        const [ax, ay] = [px + share * k[before]!, py + share * k[before + 1]!];
        weigh(level, logs, ax, ay, found);
        const along = flowOnCpu(level, logs, found, ax, ay, pull, q);
        const at = FLOW_STEP * step + 4 * part;
        k[3 * stage] = table[at + 2]! * ax - table[at + 3]! * found[0]!;
        k[3 * stage + 1] = table[at + 2]! * ay - table[at + 3]! * found[1]!;
        k[3 * stage + 2] = 2 * table[at + 2]! - table[at + 3]! * along;
      }
      px += (k[0]! + 2 * (k[3]! + k[6]!) + k[9]!) / 6;
      py += (k[1]! + 2 * (k[4]! + k[7]!) + k[10]!) / 6;
      gain += (k[2]! + 2 * (k[5]! + k[8]!) + k[11]!) / 6;
    }
    const v = (px * px + py * py) / (std * std);
    logp[row - start] = gain - 0.5 * v - 2 * Math.log(std) - 1.8378770664093453;
  }
  return { logp };
};
