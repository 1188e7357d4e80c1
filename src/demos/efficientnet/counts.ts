/** What follows from a network's description alone: nothing here needs a GPU. */
import { activationBytes, blueprint } from '@/models/vision/blueprint';
import type { Network } from '@/models/vision/description';
import { totals, trace } from '@/models/vision/trace';

export interface Counts {
  readonly parameters: number;
  /** Multiply-adds of one image. */
  readonly macs: number;
  /** Bytes of everything between image and logits: as the memory planner shares it, and if nothing were shared. */
  readonly activations: { readonly shared: number; readonly apart: number };
}

export function countsOf(network: Network, side: number): Counts {
  const { parameters, macs } = totals(trace(network, side));
  return {
    parameters,
    macs,
    activations: activationBytes(blueprint(network, [1, side, side], 'symmetric')),
  };
}
