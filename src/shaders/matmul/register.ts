/** In registers, for adapters that run on a CPU: barriers and workgroup memory are slow there. */
import type { Capabilities } from '@/gpu/capabilities';
import type { Variant } from '@/gpu/kernel';
import type { Text } from '@/lib/text';
import { dims, type Dims, type MatmulAttrs } from './dims';
import quadCode from './quad.wgsl?raw';
import registerCode from './register.wgsl?raw';
import { planTiles, type Tiling } from './tiles';

type Tile = Omit<Tiling, 'upright' | 'widened' | 'wanted'>;

const variant = (
  title: Text,
  tile: (caps: Capabilities) => Tile,
  unsupported?: (caps: Capabilities, d: Dims) => Text | undefined,
): Variant<MatmulAttrs> => ({
  title,
  ...(unsupported && { unsupported: (problem, caps) => unsupported(caps, dims(problem)) }),
  plan(problem, caps) {
    return planTiles(problem, caps, {
      ...tile(caps),
      upright: 'both',
      // An adapter that has no f16 unpacks it in many steps: better once than at every load.
      widened: !caps.f16,
      wanted: caps.adapterKind === 'hardware' ? 512 : 8,
    });
  },
});

function cannotShare({ subgroups, f16 }: Capabilities, { accumulate }: Dims): Text | undefined {
  if (!subgroups) return { en: 'this adapter has no subgroups', zh: '此适配器不支持子组（subgroup）' };
  if (f16 || accumulate === 'f32') return undefined;
  return {
    en: 'f16 sums are emulated here: they take so long that fewer loads gain nothing, and compiling takes minutes',
    zh: '此处 f16 累加由整数运算模拟：运算本身耗时过长，减少加载没有收益，编译也要几分钟',
  };
}

const lanes = ({ adapterKind }: Capabilities): number => (adapterKind === 'hardware' ? 32 : 8);

export const register = variant({ en: 'registers only', zh: '仅用寄存器' }, (caps) => ({
  file: 'matmul/register.wgsl',
  code: registerCode,
  constants: () => ({ WG: lanes(caps) }),
  rows: 4 * lanes(caps),
  columns: 8,
}));

export const quad = variant(
  { en: 'registers, loads shared by quads', zh: '寄存器，四通道组（quad）共享加载' },
  (caps) => ({
    file: 'matmul/quad.wgsl',
    code: quadCode,
    constants: () => ({ WG: lanes(caps), WIDE: false }),
    rows: 4 * lanes(caps),
    columns: 16,
    subgroups: true,
  }),
  cannotShare,
);

/** Lanes of an adapter that wants the wide tile: where they are few, each load has to serve more products. */
export const FEW_LANES = 4;

export const quadWide = variant(
  { en: 'registers, loads shared by quads, four times the tile', zh: '寄存器，quad 共享加载，四倍大的分块' },
  () => ({
    file: 'matmul/quad.wgsl',
    code: quadCode,
    constants: () => ({ WG: FEW_LANES, WIDE: true }),
    rows: 8 * FEW_LANES,
    columns: 32,
    subgroups: true,
  }),
  (caps, d) => {
    const reason = cannotShare(caps, d);
    const { subgroups } = caps;
    if (reason || !subgroups || subgroups.max <= FEW_LANES) return reason;
    return {
      en: `256 sums a lane are for subgroups of ${FEW_LANES} lanes; here they have up to ${subgroups.max}`,
      zh: `每通道 256 个累加值只适合 ${FEW_LANES} 通道的子组；此适配器的子组最多 ${subgroups.max} 通道`,
    };
  },
);
