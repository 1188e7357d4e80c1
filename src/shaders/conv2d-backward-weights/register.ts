/** In registers, for adapters that run on a CPU; pixels are cut into parts whose sums are joined. */
import type { Capabilities } from '@/gpu/capabilities';
import { u32s, type Plan, type Shader, type Variant } from '@/gpu/kernel';
import { sizeOf } from '@/lib/tensor';
import { flopsOf, type Dims } from '@/shaders/conv2d/dims';
import { shader as windowShader, windowParams } from '@/shaders/conv2d/parts';
import { isPointwise } from '@/shaders/conv2d/pointwise';
import { registerTitles } from '@/shaders/conv2d/register';
import sourceQuadsCode from '@/shaders/conv2d/source-quads.wgsl?raw';
import sourceSingleCode from '@/shaders/conv2d/source-single.wgsl?raw';
import { overQuads } from '@/shaders/lib/flat';
import { biasPasses, biasScratch } from './bias';
import correlateCode from './correlate.wgsl?raw';
import { dims, weightShape, type BackwardWeightsAttrs } from './dims';
import dyQuadsCode from './dy-quads.wgsl?raw';
import dySingleCode from './dy-single.wgsl?raw';
import joinCode from './join.wgsl?raw';
import quadCode from './quad.wgsl?raw';
import registerCode from './register.wgsl?raw';

const shader = (name: string, code: string, uses: readonly Shader[] = []): Shader => ({
  file: `conv2d-backward-weights/${name}.wgsl`,
  code,
  uses,
});
const sourceQuads = windowShader('source-quads', sourceQuadsCode);
const sourceSingle = windowShader('source-single', sourceSingleCode);
const dyQuads = shader('dy-quads', dyQuadsCode);
const dySingle = shader('dy-single', dySingleCode);
const correlate = shader('correlate', correlateCode);

/** Fewest lines of dy in a part. */
const LEAST = 8;

/** Longest line that pixels without a window are laid in. */
const LONGEST = 32;

/** Where each pixel is by itself they may lie in any lines: in long ones, since four at a time leave much of short ones. */
function inLongLines(d: Dims): Dims {
  const pixels = d.N * d.down.out * d.across.out;
  let line = LONGEST;
  while (line > 4 && pixels % line !== 0) line -= 4;
  if (!isPointwise(d) || pixels % line !== 0) return d;
  const axis = (of: Dims['down'], size: number): Dims['down'] => ({ ...of, size, out: size });
  return { ...d, N: 1, down: axis(d.down, pixels / line), across: axis(d.across, line) };
}

function plan(given: Dims, caps: Capabilities, shared: boolean): Plan {
  const d = inLongLines(given);
  const hardware = caps.adapterKind === 'hardware';
  const WG = hardware ? 32 : 8;
  const taps = d.down.taps * d.across.taps;
  const rows = taps * d.cIn;
  const to4 = Math.ceil(d.cOut / 4);
  const QUADS = to4 === 1 ? 1 : to4 === 2 ? 2 : 4;
  const toRow = QUADS * Math.ceil(to4 / QUADS);
  // Few rows would leave most of a workgroup idle if it did not lie across columns too; four that share dy stay a column.
  let LANES = shared ? 4 : 1;
  while (LANES < WG && 4 * LANES < rows) LANES *= 2;
  const tilesM = Math.ceil(rows / (4 * LANES));
  const tilesN = Math.ceil((to4 * LANES) / (QUADS * WG));
  const lines = d.N * d.down.out;
  const tiles = d.groups * tilesM * tilesN;
  // So many workgroups keep the adapter busy; each part's sums are written and read once more.
  const wanted = Math.ceil((hardware ? 1024 : 16) / tiles);
  const chunk = Math.ceil(lines / Math.max(1, Math.min(wanted, Math.floor(lines / LEAST))));
  const parts = Math.ceil(lines / chunk);
  const partSize = d.groups * rows * toRow;
  const aligned = d.cIn % 4 === 0;
  const quads = d.cOut % 4 === 0;
  const uses = [aligned ? sourceQuads : sourceSingle, quads ? dyQuads : dySingle, correlate];
  const size = sizeOf(weightShape(d));
  return {
    scratch: { ...biasScratch(d), parts: 16 * parts * partSize },
    passes: [
      {
        shader: shared ? shader('quad', quadCode, uses) : shader('register', registerCode, uses),
        constants: { WG, LANES, QUADS, ALIGNED: aligned },
        params: {
          ...windowParams(d),
          ...u32s({ groups: d.groups, tiles_m: tilesM, tiles_n: tilesN, rows, chunk, lines }),
          ...u32s({ to4, to_row: toRow }),
        },
        bindings: [
          { name: 'source', buffer: 'x', access: 'read', vec: aligned ? 4 : 1 },
          { name: 'dy', access: 'read', vec: quads ? 4 : 1 },
          { name: 'parts', access: 'read_write', vec: 4 },
        ],
        groups: parts * tiles,
        flops: flopsOf(d),
        ...(shared ? { subgroups: true } : {}),
      },
      overQuads(size, 2 * parts, {
        shader: shader('join', joinCode),
        params: u32s({
          ...{ size, taps, rows, parts, c_in: d.cIn, c_out: d.cOut },
          ...{ to_row: toRow, part_size: 4 * partSize },
        }),
        bindings: [
          { name: 'sums', buffer: 'parts', access: 'read' },
          { name: 'dw', access: 'read_write', vec: 4 },
        ],
      }),
      ...biasPasses(d),
    ],
  };
}

const variant = (name: 'register' | 'quad'): Variant<BackwardWeightsAttrs> => ({
  title: registerTitles[name],
  plan: ({ inputs, attrs }, caps) => plan(dims(inputs, attrs), caps, name === 'quad'),
});

export const register = variant('register');
export const quad = variant('quad');
