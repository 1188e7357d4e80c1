/** The run report, `tilewise.run/1`: one document per run, the same from the page and the command line. */
import * as z from 'zod/mini';

const number = z.number();
const optionalNumber = z.optional(z.nullable(z.number()));
/** Reports of the first days have a note in English alone. */
const note = z.union([
  z.object({ en: z.string(), zh: z.string() }),
  z.pipe(
    z.string(),
    z.transform((text) => ({ en: text, zh: text })),
  ),
]);

export const timeSchema = z.object({
  median: number,
  p10: number,
  p90: number,
  samples: number,
  /** `timestamp`: GPU timestamps; `wall`: wall clock with one wait; `performance`: CPU clock in the worker. */
  method: z.enum(['timestamp', 'wall', 'performance']),
});

export const measurementSchema = z.object({
  name: z.string(),
  device: z.enum(['gpu', 'cpu']),
  variant: z.string(),
  dtype: z.string(),
  shape: z.record(z.string(), z.number()),
  /** Null when it was too fast to measure or was left out; `note` says which. */
  timeMs: z.nullable(timeSchema),
  compileMs: optionalNumber,
  floorMs: optionalNumber,
  flops: number,
  bytes: number,
  gflops: optionalNumber,
  gbps: optionalNumber,
  peakBytes: number,
  workspaceBytes: number,
  tuned: z.boolean(),
  /** For people, in both languages. */
  note: z.optional(note),
});
export type Measurement = z.infer<typeof measurementSchema>;

export const checkSchema = z.object({
  name: z.string(),
  maxAbsError: number,
  relError: number,
  tolerance: number,
  rowsChecked: number,
  rows: number,
  pass: z.boolean(),
});
export type Check = z.infer<typeof checkSchema>;

export const seriesSchema = z.object({
  name: z.string(),
  unit: z.string(),
  x: z.array(number),
  y: z.array(number),
});
export type Series = z.infer<typeof seriesSchema>;

export const environmentSchema = z.object({
  runtime: z.string(),
  browser: z.nullable(z.string()),
  adapter: z.string(),
  adapterKind: z.enum(['hardware', 'software', 'unknown']),
  features: z.array(z.string()),
  limits: z.record(z.string(), z.number()),
});
export type Environment = z.infer<typeof environmentSchema>;

const fileSchema = z.object({ sha256: z.string(), bytes: number, name: z.optional(z.string()) });

export const reportSchema = z.object({
  schema: z.literal('tilewise.run/1'),
  version: z.string(),
  commit: z.string(),
  demo: z.string(),
  params: z.record(z.string(), z.union([z.number(), z.boolean(), z.string(), z.null()])),
  files: z.record(z.string(), fileSchema),
  seed: z.nullable(number),
  environment: environmentSchema,
  measurements: z.array(measurementSchema),
  checks: z.array(checkSchema),
  metrics: z.record(z.string(), number),
  series: z.array(seriesSchema),
  startedAt: z.string(),
});
export type RunReport = z.infer<typeof reportSchema>;
