/**
 * Counts what a plan's shaders load from and store to memory: the same WGSL runs, and the accessors of its generated
 * header count their calls. Caches are not seen: these are the accesses that a shader makes.
 */
import { dtypeBytes, type DType } from '@/lib/tensor';
import { bindPlan, type Tensors } from './bind';
import type { Device } from './device';
import { loadCounter, storeCounter, TRAFFIC } from './header';
import type { Binding, Plan } from './kernel';
import { Recorder } from './recorder';
import type { Scope } from './scope';
import { download } from './transfer';

/** Bytes of one buffer over all passes. */
export interface Traffic {
  readonly loaded: number;
  readonly stored: number;
}

/** A range of its own for each pass, at the alignment that bindings need: room for 32 bindings. */
const RANGE = 256;

/** Runs `plan` once; floats by buffer name. Each counter holds 2³² calls. Integers, as masks, are not counted. */
export async function countTraffic(
  device: Device,
  scope: Scope,
  plan: Plan,
  tensors: Tensors,
  signal?: AbortSignal,
): Promise<Readonly<Record<string, Traffic>>> {
  const own = scope.child(TRAFFIC);
  try {
    const counters = own.tensor(TRAFFIC, { dtype: 'u32', shape: [(plan.passes.length * RANGE) / 4] });
    const passes = plan.passes.map((pass, i) => {
      const range: Binding = {
        name: TRAFFIC,
        access: 'read_write',
        dtype: 'u32',
        atomic: true,
        offset: i * RANGE,
        size: RANGE,
      };
      return { ...pass, counted: true, bindings: [...pass.bindings, range] };
    });
    const given = { ...tensors, [TRAFFIC]: counters };
    await new Recorder(device)
      .add(await bindPlan(device, own, { ...plan, passes }, given, TRAFFIC))
      .run(signal);
    const { data } = await download(device, counters);

    const total: Record<string, Traffic> = {};
    plan.passes.forEach(({ bindings }, i) => {
      bindings.forEach(({ name, buffer = name, vec = 1, dtype }, j) => {
        const type: DType = dtype ?? tensors[buffer]?.dtype ?? 'f32';
        if (type !== 'f32' && type !== 'f16') return;
        const bytes = (counter: number) => Number(data[(i * RANGE) / 4 + counter]) * vec * dtypeBytes(type);
        const { loaded = 0, stored = 0 } = total[buffer] ?? {};
        total[buffer] = {
          loaded: loaded + bytes(loadCounter(j + 1)),
          stored: stored + bytes(storeCounter(j + 1)),
        };
      });
    });
    return total;
  } finally {
    own.close();
  }
}
