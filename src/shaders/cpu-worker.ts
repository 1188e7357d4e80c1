/** The CPU side of kernels as a worker's service: references, tuned baselines, WASM libraries. */
import type { Baseline, BaselineInput } from '@/gpu/kernel';
import type { CpuWorker } from '@/lib/pool';
import { valuesOf, type HostTensor, type HostTensors } from '@/lib/tensor';
import { loadBaseline, loadLibrary, loadReference } from './index';

type Outputs = ReturnType<Baseline<Record<string, unknown>>>;
type Job = (rows: readonly [number, number]) => Promise<Outputs>;

export function cpuWorker(): CpuWorker {
  let job: Job | undefined;
  let last: Outputs = {};
  return {
    async reference(kernel, inputs, attrs, rows) {
      const reference = await loadReference(kernel);
      return reference(inputs, attrs as Record<string, unknown>, rows);
    },
    async load(kernel, competitor, inputs, attrs) {
      const given = widen(inputs);
      const attributes = attrs as Record<string, unknown>;
      if (competitor === 'wasm') {
        const whole = await (await loadLibrary(kernel)).prepare(given, attributes);
        job = () => whole();
      } else {
        const baseline = await loadBaseline(kernel);
        job = (rows) => Promise.resolve(baseline(given, attributes, rows));
      }
    },
    async run(rows) {
      if (!job) throw new Error('no job was loaded');
      const started = performance.now();
      last = await job(rows);
      return performance.now() - started;
    },
    outputs: () => Promise.resolve(last),
  };
}

function widen(inputs: HostTensors): Record<string, BaselineInput> {
  const one = (t: HostTensor): BaselineInput['data'] => {
    const values = valuesOf(t);
    return values instanceof Uint8Array || values instanceof Uint32Array ? Int32Array.from(values) : values;
  };
  return Object.fromEntries(
    Object.entries(inputs).map(([name, t]) => [name, { shape: t.shape, data: one(t) }]),
  );
}
