/** From measurements to points of the roofline. */
import type { SeriesRole } from '@/lab/demo';
import type { Measurement } from '@/lab/report';
import type { Text } from '@/lib/text';
import type { RooflinePoint } from '@/ui/rooflineData';

const rolesOf: Readonly<Record<string, SeriesRole>> = {
  ...{ naive: 'naive', tiled: 'fused', gemv: 'fused' },
  ...{ 'one-core': 'cpu', 'all-cores': 'cpu-all', wasm: 'wasm' },
};
const cpuLabels: Readonly<Record<string, Text>> = {
  'one-core': { en: 'CPU, one', zh: 'CPU 单线程' },
  'all-cores': { en: 'CPU, all', zh: 'CPU 全部' },
  wasm: { en: 'CPU, WASM', zh: 'CPU，WASM' },
};

export const pointsOf = (measured: readonly Measurement[], t: (text: Text) => string): RooflinePoint[] =>
  measured.flatMap(({ variant, dtype, timeMs, flops, bytes }) => {
    if (!timeMs) return [];
    const cpu = cpuLabels[variant];
    return [
      {
        id: `${variant} ${dtype}`,
        role: rolesOf[variant] ?? 'alternative',
        label: cpu ? t(cpu) : `${variant} ${dtype}`,
        intensity: flops / bytes,
        flopsPerSecond: (1000 * flops) / timeMs.median,
      },
    ];
  });
