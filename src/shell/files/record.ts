/** What is known of a stored file, as JSON: read back with suspicion, since a crash may have cut it. */
import * as z from 'zod/mini';

const recordSchema = z.object({
  name: z.string(),
  /** Where it came from; a dropped file has none. */
  url: z.optional(z.string()),
  /** When it began to be stored, in milliseconds since 1970. */
  at: z.number(),
  version: z.object({
    total: z.optional(z.number()),
    etag: z.optional(z.string()),
    modified: z.optional(z.string()),
  }),
  /** Of the whole file, once it is whole. */
  sha256: z.optional(z.string()),
});
export type FileRecord = z.infer<typeof recordSchema>;

/** Nothing where it is no record. */
export function recordOf(text: string): FileRecord | undefined {
  try {
    return z.safeParse(recordSchema, JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
