/** The context of a demo that runs without a GPU: no device and nothing to free. */
import type { Context } from '@/lab/session';
import { pool, tuner } from './gpu';

export function cpuContext(files: Context['files']): Context {
  // What `createCpu` gets of it is the pool and the files alone; the runner asks the device for its loss and the
  // scope to close, and neither ever happens.
  const device = { lost: new Promise(() => undefined) };
  const scope = { close: () => undefined };
  return { device, scope, pool, tuner, files } as unknown as Context;
}
