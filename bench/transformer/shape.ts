/** The small transformer that every contender trains, and what they agree on. */
import { charTransformer } from '@/models/charTransformer';

export const shape = { rows: 16, context: 64, vocab: 64, width: 128, heads: 4, blocks: 2 } as const;
export const network = charTransformer(shape);
/** In this order gradients are compared. */
export const names = network.parameters.map(({ name }) => name);
export const blocks = Array.from({ length: shape.blocks }, (_, i) => `blocks.${i}`);

/** AdamW without weight decay, which is Adam (Kingma and Ba 2015). */
export const adam = { rate: 1e-3, beta1: 0.9, beta2: 0.999, eps: 1e-8 } as const;
export const EPS = 1e-5;
