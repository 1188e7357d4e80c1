/** What a forward pass of the network in force would hold, and the largest image for which that fits. */
import { buffersLeftBy } from '@/gpu/dry';
import type { Device } from '@/gpu/device';
import type { DemoDecl } from '@/lab/demo';
import { largestThatFits, type Setting } from '@/lab/fit';
import type { Needs } from '@/lab/session';
import type { LabError } from '@/lib/errors';
import { prepare } from '@/models/vision/inference';
import { demo } from './demo';
import type { Params } from './params';
import { networkOf, scalesOf } from './scaling';
import { unfilled } from '@/models/vision/untrained';

/** Bytes of each buffer: weights as given and as convolutions pack them, the image, the activations. */
function buffersOf(device: Device, params: Params): Promise<readonly number[]> {
  const scales = scalesOf(params);
  const side = scales.resolution;
  return buffersLeftBy(device, (dry) => prepare(dry, dry.root, unfilled(networkOf(scales)), [1, side, side]));
}

export const needs: Needs<Params> = ({ device }, params) => buffersOf(device, params);

/** The resolution to offer instead of one for which there was no room. */
export function largestResolution(
  device: Device,
  params: Params,
  { values: { liveBytes, neededBytes } }: LabError,
): Promise<Setting | undefined> {
  const known = typeof liveBytes === 'number' && typeof neededBytes === 'number';
  // Where the GPU itself had no more, no more than it had given by then.
  const given = known && liveBytes + neededBytes <= device.memoryCap ? liveBytes : device.memoryCap;
  const room = { largest: device.caps.limits.maxBufferSize, total: given - device.root.live };
  const ask = (at: unknown): Promise<readonly number[]> => buffersOf(device, at as Params);
  return largestThatFits(demo as unknown as DemoDecl, params, ask, room);
}
