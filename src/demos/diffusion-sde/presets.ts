/** Settings worth trying. */
import type { PresetDecl } from '@/lab/demo';
import type { params } from './params';

export const presets: readonly PresetDecl<typeof params>[] = [];
