/** A passed around subgroups. */
import type { Variant } from '@/gpu/kernel';
import type { MatmulAttrs } from './dims';
import code from './subgroup.wgsl?raw';
import { planTiles } from './tiles';

export const subgroup: Variant<MatmulAttrs> = {
  title: { en: 'subgroups', zh: '子组（subgroup）' },
  unsupported: (_, { subgroups }) =>
    subgroups ? undefined : { en: 'this adapter has no subgroups', zh: '此适配器不支持子组（subgroup）' },
  plan(problem, caps) {
    // A multiple of every size there may be, so that no subgroup is only partly filled.
    const WG = Math.max(32, caps.subgroups ? caps.subgroups.max : 32);
    return planTiles(problem, caps, {
      file: 'matmul/subgroup.wgsl',
      code,
      constants: () => ({ WG }),
      rows: 8,
      columns: 4 * WG,
      wanted: caps.adapterKind === 'hardware' ? 1024 : 8,
      upright: 'both',
      widened: false,
      subgroups: true,
    });
  },
};
