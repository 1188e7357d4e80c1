/** The two ways to walk rows: shaders are written once over `lib/row-*.wgsl`, which say who walks which part. */
import type { Shader } from '@/gpu/kernel';
import type { Capabilities } from '@/gpu/capabilities';
import aloneCode from './row-alone.wgsl?raw';
import sharedCode from './row-shared.wgsl?raw';

export interface Rowwise {
  readonly library: Shader;
  readonly lanes: number;
  /** Workgroups for so many rows. */
  groups(rows: number): number;
}

export const alone: Rowwise = {
  library: { file: 'lib/row-alone.wgsl', code: aloneCode },
  lanes: 1,
  groups: (rows) => Math.ceil(rows / 64),
};

export const shared: Rowwise = {
  library: { file: 'lib/row-shared.wgsl', code: sharedCode },
  lanes: 64,
  groups: (rows) => rows,
};

/** The variants' names and titles. */
export const rowTitles = {
  register: { en: 'a row per invocation', zh: '每个线程一行' },
  workgroup: { en: 'a row per workgroup', zh: '每个工作组一行' },
} as const;

export const rowDefault = (caps: Capabilities, width: number): 'register' | 'workgroup' =>
  caps.adapterKind === 'hardware' && width >= 64 ? 'workgroup' : 'register';
