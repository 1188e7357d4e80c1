/** The honest "before": scores, softmax and values as three kernels with the S×T matrix in memory. */
import { u32, u32s, type Pass, type Variant } from '@/gpu/kernel';
import { bytesText } from '@/lib/units';
import type { AttentionAttrs } from './dims';
import { dims, maskBinding, scaleParam, visibleConstants, visibleParams, visibleShader, WIDE } from './dims';
import scoresCode from './naive-scores.wgsl?raw';
import softmaxCode from './naive-softmax.wgsl?raw';
import valuesCode from './naive-values.wgsl?raw';

export const naive: Variant<AttentionAttrs> = {
  title: { en: 'naive, three passes', zh: '朴素（三趟）' },
  unsupported(problem, caps) {
    const { S, T } = dims(problem, WIDE);
    const plane = planeBytes(S, T);
    const limit = caps.limits.maxStorageBufferBindingSize;
    if (plane <= limit) return undefined;
    const [needed, most] = [bytesText(plane), bytesText(limit)];
    return {
      en: `one head's ${S}×${T} scores take ${needed}, a binding may have ${most} (maxStorageBufferBindingSize)`,
      zh: `单个头的 ${S}×${T} 分数矩阵需要 ${needed}，而一个绑定最多 ${most}（maxStorageBufferBindingSize）`,
    };
  },
  plan(problem, caps) {
    const d = dims(problem, WIDE);
    const { B, H, S, T, D } = d;
    const G = u32(H / d.Hkv);
    const T4 = Math.ceil(T / 4);
    // As many heads at once as a binding holds; the next ones use the same memory again.
    // At least one: its memory is asked for where it cannot run, too.
    const most = Math.floor(caps.limits.maxStorageBufferBindingSize / planeBytes(S, T));
    const together = Math.min(B * H, Math.max(1, most));
    const passes: Pass[] = [];
    for (let first = 0; first < B * H; first += together) {
      const planes = Math.min(together, B * H - first);
      const sizes = { S, T, T4, D4: D / 4, first, planes };
      const common = { ...u32s(sizes), G };
      passes.push(
        {
          shader: { file: 'attention/naive-scores.wgsl', code: scoresCode, uses: [visibleShader(d)] },
          constants: visibleConstants(d),
          params: { ...common, ...visibleParams(d), scale: scaleParam(d) },
          bindings: [
            { name: 'q', access: 'read', vec: 4 },
            { name: 'k', access: 'read', vec: 4 },
            ...maskBinding(d),
            { name: 'scores', access: 'read_write', vec: 4 },
          ],
          groups: planes * Math.ceil(S / 32) * Math.ceil(T4 / 8),
          flops: 2 * planes * S * T * D,
        },
        {
          shader: { file: 'attention/naive-softmax.wgsl', code: softmaxCode },
          params: common,
          bindings: [
            { name: 'scores', access: 'read_write', vec: 4 },
            { name: 'lse', access: 'read_write' },
          ],
          groups: planes * S,
          flops: 12 * planes * S * T,
        },
        {
          shader: { file: 'attention/naive-values.wgsl', code: valuesCode },
          params: common,
          bindings: [
            { name: 'scores', access: 'read', vec: 4 },
            { name: 'v', access: 'read', vec: 4 },
            { name: 'o', access: 'read_write', vec: 4 },
          ],
          groups: Math.ceil((planes * Math.ceil(S / 4) * (D / 4)) / 64),
          flops: 2 * planes * S * T * D,
        },
      );
    }
    return { scratch: { scores: together * planeBytes(S, T) }, passes };
  },
};

const planeBytes = (S: number, T: number) => 16 * S * Math.ceil(T / 4);
