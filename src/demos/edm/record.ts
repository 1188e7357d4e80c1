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

const trainingSchema = z.object({
  command: z.string(),
  seconds: z.number(),
  adapter: z.string(),
  training: z.object({ seed: z.number(), steps: z.number(), batch: z.number() }),
  loss: z.array(z.object({ step: z.number(), loss: z.number() })),
  /** What a training went on from. */
  get before() {
    return z.optional(trainingSchema);
  },
});
export type Training = z.infer<typeof trainingSchema>;

export const recordSchema = z.extend(trainingSchema, {
  network: z.object({ parameters: z.number() }),
  /** Absent between training and evaluation. */
  quality: z.optional(qualitySchema),
});
export type TrainingRecord = z.infer<typeof recordSchema>;

/** The trainings that weights went through, the first one first. */
export const trainingsOf = (record: Training): Training[] => [
  ...(record.before ? trainingsOf(record.before) : []),
  record,
];
