/** What a training step does with its gradients, as a graph: norm and finiteness, the loss scale, AdamW. */
import { kernel as adamw, type AdamwAttrs } from '@/shaders/adamw/kernel';
import { kernel as gradNorm } from '@/shaders/grad-norm/kernel';
import { kernel as lossScale, type LossScaleAttrs } from '@/shaders/loss-scale/kernel';
import type { Named, Tensor } from './graph';

/** All of them one number per parameter, but `control` [16] and `lost` [2]. */
export type State = Readonly<Record<'p' | 'm1' | 'm2' | 'grad' | 'control' | 'lost', Tensor>>;

export interface UpdateAttrs {
  readonly optimiser: Partial<AdamwAttrs>;
  readonly scaler: Partial<LossScaleAttrs>;
}

/** Appends the update, which changes the state in place, to the graph of `state`; what AdamW gave comes back. */
export function describeUpdate(state: State, { optimiser, scaler }: UpdateAttrs): Named {
  const { control, grad } = state;
  const { graph } = control;
  const { beta1, beta2 } = { beta1: 0.9, beta2: 0.999, ...optimiser };
  graph.apply(gradNorm, { x: grad, control }, {});
  graph.apply(lossScale, { control }, { dynamic: false, guard: false, ...scaler, beta1, beta2 });
  return graph.apply(adamw, state, optimiser);
}
