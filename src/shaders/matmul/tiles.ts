/** Plans of variants that walk C in tiles: operands packed where they must be, the tiles, and what ends the sums. */
import type { Capabilities } from '@/gpu/capabilities';
import { u32s, type Binding, type Pass, type Plan, type Problem, type Shader } from '@/gpu/kernel';
import type { Text } from '@/lib/text';
import { residualBindings, residualShader } from '@/shaders/lib/residual';
import { blocksOf, boundC, type Block } from './blocks';
import { CHUNK, dims, type Dims, type MatmulAttrs } from './dims';
import {
  biasBinding,
  binds,
  chunkOf,
  epilogue,
  epilogueParams,
  finish,
  layoutOf,
  planeParams,
  planes,
  shader,
  sums,
  type Layout,
  type Wanted,
} from './parts';
import putCCode from './put-c.wgsl?raw';
import putSumsCode from './put-sums.wgsl?raw';
import tileCode from './tile.wgsl?raw';

export interface Tiling extends Wanted {
  readonly file: string;
  readonly code: string;
  /** Rows and columns of C that a workgroup computes. */
  readonly rows: number;
  readonly columns: number;
  /** Workgroups that keep the adapter busy: where C has fewer tiles, k is split. */
  readonly wanted: number;
  readonly subgroups?: boolean;
  /** Parameters of its own. */
  readonly params?: Readonly<Record<string, number>>;
  readonly constants: (a: Layout, b: Layout) => Readonly<Record<string, number | boolean>>;
}

const tile = shader('tile', tileCode);
const putC = (d: Dims): Shader => shader('put-c', putCCode, [tile, epilogue, residualShader(d.hasResidual)]);
const putSums = shader('put-sums', putSumsCode, [tile]);

/** Fewest k of a share, in quads. */
const LEAST_SHARE = 64;

/** Why a workgroup for each matrix is out of place: its memory and barriers for a few elements, thousands of times. */
export function tooManySmall({ M, N, batches }: Dims): Text | undefined {
  if (M * N >= 64 || batches <= 4096) return undefined;
  return {
    en: `${batches} matrices of ${M} × ${N} would leave nearly every invocation of their workgroups idle`,
    zh: `${batches} 个 ${M} × ${N} 矩阵会让各工作组中几乎所有线程空闲`,
  };
}

export function planTiles(problem: Problem<MatmulAttrs>, caps: Capabilities, tiling: Tiling): Plan {
  const d = dims(problem);
  const limit = caps.limits.maxStorageBufferBindingSize;
  const whole: Block = { batch0: 0, batches: d.batches, row0: 0, rows: d.M };
  const bound = binds(d, d.a, tiling) && binds(d, d.b, tiling);
  // What is packed is packed whole.
  const blocks = bound ? blocksOf(d, limit) : [whole];
  const scratch: Record<string, number> = {};
  const passes: Pass[] = [];
  blocks.forEach((block, i) => {
    const a = layoutOf(d, d.a, block, tiling);
    const b = layoutOf(d, d.b, block, tiling);
    for (const { pass, binding, bytes } of [a, b]) {
      if (!pass || i > 0) continue;
      scratch[binding.buffer ?? binding.name] = bytes;
      passes.push(pass);
    }
    const found = tilesOf(d, caps, tiling, block, a, b);
    passes.push(...found.passes);
    if (found.sumsBytes > 0) scratch.sums = Math.max(scratch.sums ?? 0, found.sumsBytes);
  });
  return { scratch, passes };
}

function tilesOf(d: Dims, caps: Capabilities, tiling: Tiling, block: Block, a: Layout, b: Layout) {
  const K4 = Math.ceil(d.K / 4);
  const N4 = Math.ceil(d.N / 4);
  const tilesM = Math.ceil(block.rows / tiling.rows);
  const tilesN = Math.ceil(d.N / tiling.columns);
  const tiles = block.batches * tilesM * tilesN;
  // A sum in f16 is one sum from the first k to the last; the shares of others are whole chunks.
  const most = d.accumulate === 'f16' ? 1 : Math.max(1, Math.floor(K4 / LEAST_SHARE));
  const unit = CHUNK / 4;
  const share = Math.ceil(K4 / Math.min(most, Math.ceil(tiling.wanted / tiles)) / unit) * unit;
  const splits = Math.ceil(K4 / share);
  const activates = d.activation > 0;
  // What ends a sum is compiled once for every block of a tile: on a CPU, where it is long, it is better alone.
  const long = activates || (d.dtype === 'f16' && !caps.f16);
  const direct =
    splits === 1 && d.N % 4 === 0 && d.biases !== 1 && (!long || caps.adapterKind === 'hardware');
  const c = boundC(d, block);
  const put: Shader = direct ? putC(d) : putSums;
  const out: readonly Binding[] = direct
    ? [
        biasBinding(d, 4),
        ...residualBindings(d.hasResidual, c.range),
        { name: 'c', access: 'read_write', vec: 4, ...c.range },
      ]
    : [{ name: 'sums', access: 'read_write', vec: 4 }];
  const main: Pass = {
    shader: {
      file: tiling.file,
      code: tiling.code,
      uses: [sums(d, caps), planes, put],
    },
    constants: {
      ...tiling.constants(a, b),
      CHUNKED: d.accumulate === 'chunked',
      ...(direct && { HAS_BIAS: d.biases > 0, ACTIVATES: activates }),
    },
    params: {
      ...u32s({ M: block.rows, N4, K4, tiles_m: tilesM, tiles_n: tilesN, share, chunk: chunkOf(d, 4) }),
      ...u32s({
        N: d.N,
        a_row: a.row,
        a_turned: Number(a.transposed),
        b_row: b.row,
        b_turned: Number(b.transposed),
      }),
      ...u32s(tiling.params ?? {}),
      ...planeParams(d, block, [a.at, b.at], [a.plane, b.plane]),
      ...(direct ? { ...u32s({ c_at: c.at }), ...epilogueParams(d) } : {}),
    },
    bindings: [a.binding, b.binding, ...out],
    groups: tiles * splits,
    flops: 2 * block.batches * block.rows * d.N * d.K,
    ...(tiling.subgroups ? { subgroups: true } : {}),
  };
  const passes = direct ? [main] : [main, finish(d, block, splits)];
  return { passes, sumsBytes: direct ? 0 : 16 * splits * block.batches * block.rows * N4 };
}
