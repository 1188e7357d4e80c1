/** The record that a training of the U-Net leaves beside its weights: where they come from, and the loss on the way. */
import * as z from 'zod/mini';

const qualitySchema = z.object({
  command: z.string(),
  images: z.number(),
  judgeAccuracy: z.number(),
  recognised: z.number(),
  frechet: z.object({ generated: z.number(), real: z.number(), ratio: z.number() }),
  diversity: z.object({ features: z.number() }),
  nearestTrained: z.object({ generated: z.number(), real: z.number(), among: z.number() }),
  samplers: z.optional(
    z.object({
      images: z.number(),
      real: z.number(),
      points: z.array(
        z.object({ process: z.string(), sampler: z.string(), nfe: z.number(), frechet: z.number() }),
      ),
    }),
  ),
});
/** What `npm run evaluate:unet` found. */
export type Quality = z.infer<typeof qualitySchema>;

export const recordSchema = z.object({
  command: z.string(),
  seconds: z.number(),
  adapter: z.string(),
  network: z.object({ parameters: z.number() }),
  training: z.object({ seed: z.number(), steps: z.number(), batch: z.number() }),
  loss: z.array(z.object({ step: z.number(), loss: z.number() })),
  /** Absent between training and evaluation. */
  quality: z.optional(qualitySchema),
});
export type TrainingRecord = z.infer<typeof recordSchema>;
