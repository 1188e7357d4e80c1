/** The record that a training of the U-Net leaves beside its weights: where they come from, and the loss on the way. */
import * as z from 'zod/mini';

export const recordSchema = z.object({
  command: z.string(),
  seconds: z.number(),
  adapter: z.string(),
  network: z.object({ parameters: z.number() }),
  training: z.object({ seed: z.number(), steps: z.number(), batch: z.number() }),
  loss: z.array(z.object({ step: z.number(), loss: z.number() })),
});
export type TrainingRecord = z.infer<typeof recordSchema>;
