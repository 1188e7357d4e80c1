/** Files that come with the site, in its folder `public/`. */
import { readFile } from 'node:fs/promises';

export const shipped = async (path: string): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await readFile(__TILEWISE_PUBLIC__ + path));
