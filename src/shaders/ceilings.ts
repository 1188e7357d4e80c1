/** The roofline's two ceilings, measured on this device: P (flop/s) and BW (byte/s). */
import { bind, problemOf } from '@/gpu/bind';
import type { Device } from '@/gpu/device';
import type { Kernel, Work } from '@/gpu/kernel';
import { makeOutputs } from '@/gpu/run';
import { time } from '@/gpu/timing';
import { uploadAll } from '@/gpu/transfer';
import { tensor } from '@/lib/tensor';
import { kernel as copy } from './ceiling-copy/kernel';
import { kernel as fma } from './ceiling-fma/kernel';

export interface Ceilings {
  readonly flopsPerSecond: number;
  readonly bytesPerSecond: number;
}

const known = new WeakMap<Device, Promise<Ceilings>>();

/** Measured once per device. */
export function ceilings(device: Device, signal?: AbortSignal): Promise<Ceilings> {
  let found = known.get(device);
  if (!found) {
    found = measure(device, signal);
    known.set(device, found);
    found.catch(() => known.delete(device));
  }
  return found;
}

/** t_min = max(flops / P, bytes / BW), in milliseconds. */
export const floorMs = ({ flops, bytes }: Work, { flopsPerSecond, bytesPerSecond }: Ceilings): number =>
  1e3 * Math.max(flops / flopsPerSecond, bytes / bytesPerSecond);

async function measure(device: Device, signal?: AbortSignal): Promise<Ceilings> {
  // A GPU needs more work to fill it, and more bytes than its caches hold.
  const hardware = device.caps.adapterKind === 'hardware';
  const [arithmetic, traffic] = [
    await rate(device, fma, hardware ? 1 << 20 : 1 << 14, { iterations: 512 }, signal),
    await rate(device, copy, hardware ? 1 << 26 : 1 << 23, {}, signal),
  ];
  return { flopsPerSecond: arithmetic.flops, bytesPerSecond: traffic.bytes };
}

/** Numbers in [0, 1) with a period of 1024, copied on: drawing each of many millions would hold up the page. */
function pattern(n: number): Float32Array<ArrayBuffer> {
  const values = new Float32Array(n);
  const period = Math.min(n, 1024);
  for (let i = 0; i < period; i++) values[i] = ((i * 7919) % 1024) / 1024;
  for (let done = period; done < n; done *= 2) values.copyWithin(done, 0, Math.min(done, n - done));
  return values;
}

async function rate<A>(
  device: Device,
  kernel: Kernel<A>,
  n: number,
  attrs: A,
  signal?: AbortSignal,
): Promise<Work> {
  const scope = device.root.child(kernel.name);
  try {
    const x = tensor('f32', [n], pattern(n));
    const problem = problemOf(kernel, { x }, attrs);
    const tensors = { ...uploadAll(device, scope, { x }), ...makeOutputs(device, scope, problem.outputs) };
    const bound = await bind(device, scope, kernel, problem, tensors);
    const [timed] = await time(device, [{ name: kernel.name, bound }], { signal, budgetMs: 400 });
    const { flops, bytes } = kernel.work(problem);
    const seconds = (timed?.timeMs?.median ?? Infinity) / 1e3;
    return { flops: flops / seconds, bytes: bytes / seconds };
  } finally {
    scope.close();
  }
}
