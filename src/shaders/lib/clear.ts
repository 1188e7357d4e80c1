/** A pass that fills a buffer of counters with zeros. */
import { u32, type Pass } from '@/gpu/kernel';
import code from './clear.wgsl?raw';

/** @param buffer of u32; a tensor or scratch */
export const clearPass = (buffer: string, cells: number): Pass => ({
  shader: { file: 'lib/clear.wgsl', code },
  params: { cells: u32(cells) },
  bindings: [{ name: 'counts', buffer, access: 'read_write', dtype: 'u32' }],
  groups: Math.ceil(cells / 64),
  flops: cells,
});
