/** Every element by itself, from any layout. */
import { u32s, type Variant } from '@/gpu/kernel';
import { residualBindings, residualShader } from '@/shaders/lib/residual';
import { blocksOf, boundC, boundOperand } from './blocks';
import { dims, type MatmulAttrs } from './dims';
import code from './naive.wgsl?raw';
import { biasBinding, chunkOf, epilogue, epilogueParams, planeParams, planes, shader, sums } from './parts';

export const naive: Variant<MatmulAttrs> = {
  title: { en: 'one element by itself', zh: '逐元素计算' },
  plan(problem, caps) {
    const d = dims(problem);
    const { M, N, K } = d;
    return {
      passes: blocksOf(d, caps.limits.maxStorageBufferBindingSize).map((block) => {
        const a = boundOperand(d, d.a, block, 1);
        const b = boundOperand(d, d.b, block, 1);
        const c = boundC(d, block);
        const quads = Math.ceil((block.batches * block.rows * N) / 4);
        const [aRow, aK] = d.a.transposed ? [1, M] : [K, 1];
        const [bColumn, bK] = d.b.transposed ? [K, 1] : [1, N];
        return {
          shader: shader('naive', code, [sums(d, caps), planes, epilogue, residualShader(d.hasResidual)]),
          params: {
            ...u32s({ M: block.rows, N, K, quads, chunk: chunkOf(d, 1), c_at: c.at }),
            ...u32s({ a_row: aRow, a_k: aK, b_column: bColumn, b_k: bK }),
            ...planeParams(d, block, [a.at, b.at], [M * K, K * N]),
            ...epilogueParams(d),
          },
          bindings: [
            { name: 'a', buffer: d.a.tensor, access: 'read', ...a.range },
            { name: 'b', buffer: d.b.tensor, access: 'read', ...b.range },
            biasBinding(d, 1),
            ...residualBindings(d.hasResidual, c.range),
            { name: 'c', access: 'read_write', vec: 4, ...c.range },
          ],
          groups: Math.ceil(quads / 64),
          flops: 2 * block.batches * block.rows * N * K,
        };
      }),
    };
  },
};
