/** Tuned winners in the user's cache: `$XDG_CACHE_HOME/tilewise/tuning.json`, one JSON object. */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TuningStore } from '@/gpu/tuner';

export const tuningPath = (): string =>
  join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'tilewise', 'tuning.json');

/** A cache that cannot be written is told once, through `warn`, and done without. */
export function fileStore(path: string, warn: (text: string) => void): TuningStore {
  const known = new Map<string, string>();
  let warned = false;
  const read = async (): Promise<Map<string, string>> => {
    try {
      const json: unknown = JSON.parse(await readFile(path, 'utf8'));
      const entries = typeof json === 'object' && json !== null ? Object.entries(json) : [];
      return new Map(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
    } catch {
      // None yet, or not ours: the defaults run.
      return new Map();
    }
  };
  return {
    get: async (key) => known.get(key) ?? (await read()).get(key),
    async set(key, winner) {
      known.set(key, winner);
      try {
        await mkdir(dirname(path), { recursive: true });
        // What another process wrote meanwhile stays.
        const merged = new Map([...(await read()), ...known]);
        const temporary = `${path}.${process.pid}`;
        await writeFile(temporary, JSON.stringify(Object.fromEntries(merged), null, 1));
        await rename(temporary, path);
      } catch (error) {
        if (!warned)
          warn(`what was tuned is not kept: ${error instanceof Error ? error.message : String(error)}`);
        warned = true;
      }
    },
  };
}
