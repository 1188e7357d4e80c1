/** The honest "before": the two S×T matrices P and dS of a head in memory, one head after another. */
import { u32, type Binding, type Pass, type Variant } from '@/gpu/kernel';
import { bytesText } from '@/lib/units';
import { dims, visibleConstants, type AttentionAttrs } from '../attention/dims';
import keysCode from './naive-keys.wgsl?raw';
import queriesCode from './naive-queries.wgsl?raw';
import scoresCode from './naive-scores.wgsl?raw';
import { grad, gradient, operands, params, shader, statsBytes, statsPass, wide } from './shared';

const matrix = (name: string, access: Binding['access']): Binding => ({ name, access });

/** Each head is three dispatches of its own. */
const MOST_HEADS = 1024;

export const naive: Variant<AttentionAttrs> = {
  title: { en: 'matrices in memory', zh: '矩阵存于内存' },
  unsupported(problem, { limits }) {
    const { B, H, S, T } = dims(problem);
    if (B * H > MOST_HEADS)
      return {
        en: `${B * H} heads, one after another; at most ${MOST_HEADS}`,
        zh: `要逐个处理 ${B * H} 个头；最多支持 ${MOST_HEADS} 个`,
      };
    const most = Math.min(limits.maxBufferSize, limits.maxStorageBufferBindingSize);
    if (4 * S * T <= most) return undefined;
    const [needed, allowed] = [bytesText(4 * S * T), bytesText(most)];
    return {
      en: `a matrix of ${S}×${T} takes ${needed}, a binding may have ${allowed}`,
      zh: `${S}×${T} 的矩阵需要 ${needed}，而一个绑定最多 ${allowed}`,
    };
  },
  plan(problem) {
    const d = dims(problem);
    const { B, H, Hkv, S, T, D } = d;
    const matrices = (access: Binding['access']) => [matrix('p', access), matrix('ds', access)];
    const heads = Array.from({ length: B * H }, (_, head): readonly Pass[] => {
      const common = {
        constants: visibleConstants(d),
        params: { ...params(d), head: u32(head), plane: u32(Math.floor((head * Hkv) / H)) },
      };
      return [
        {
          ...common,
          shader: shader(d, 'naive-scores.wgsl', scoresCode),
          bindings: [...operands(d), ...matrices('read_write')],
          groups: Math.ceil((S * T) / 64),
          flops: 4 * S * T * D,
        },
        {
          ...common,
          shader: shader({ ...d, hasMask: false }, 'naive-queries.wgsl', queriesCode),
          bindings: [matrix('ds', 'read'), wide('k'), gradient('dq')],
          groups: Math.ceil((S * D) / 256),
          flops: 2 * S * T * D,
        },
        {
          ...common,
          shader: shader({ ...d, hasMask: false }, 'naive-keys.wgsl', keysCode),
          bindings: [
            ...matrices('read'),
            wide('q'),
            grad,
            { name: 'sums', access: 'read_write', vec: 4 },
            gradient('dk'),
            gradient('dv'),
          ],
          groups: Math.ceil((T * D) / 256),
          flops: 4 * S * T * D,
        },
      ];
    });
    return {
      scratch: { stats: statsBytes(d), p: 4 * S * T, ds: 4 * S * T, sums: 8 * T * D },
      passes: [statsPass(d), ...heads.flat()],
    };
  },
};
