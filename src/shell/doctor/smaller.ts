/** Which setting to offer where a demo ran out of memory, of limits or of time. */
import { loadNeeds } from '@/demos/index';
import type { Device } from '@/gpu/device';
import { halfOf, largestThatFits, type Room, type Setting } from '@/lab/fit';
import type { DemoDecl } from '@/lab/demo';
import type { Params } from '@/lab/schema';
import { LabError } from '@/lib/errors';
import { tuner } from '../run/gpu';

export interface Offer extends Setting {
  readonly why: 'fits' | 'half';
}

export async function offerFor(
  demo: DemoDecl,
  params: Params,
  error: unknown,
  device: Device | null,
): Promise<Offer | undefined> {
  const code = error instanceof LabError ? error.code : undefined;
  const byMemory = code === 'gpu.memory' || code === 'gpu.limit' || code === 'variant.unsupported';
  const needs = byMemory ? await loadNeeds(demo.slug) : undefined;
  if (needs && device) {
    const ask = (at: Params): Promise<readonly number[]> => needs({ device, tuner }, at);
    const found = await largestThatFits(demo, params, ask, roomOn(device, error));
    if (found) return { ...found, why: 'fits' };
  }
  if (code !== 'gpu.memory' && code !== 'gpu.limit' && code !== 'gpu.lost') return undefined;
  const half = halfOf(demo, params);
  return half && { ...half, why: 'half' };
}

/** What limits and cap leave; where the GPU itself had no more, no more than it had given by then. */
export function roomOn(device: Device, error: unknown): Room {
  const { liveBytes, neededBytes } = error instanceof LabError ? error.values : {};
  const known = typeof liveBytes === 'number' && typeof neededBytes === 'number';
  const given = known && liveBytes + neededBytes <= device.memoryCap ? liveBytes : device.memoryCap;
  return { largest: device.caps.limits.maxBufferSize, total: given - device.root.live };
}
