/**
 * Van Herk / Gil–Werman with the running maxima g and h in memory: three comparisons a sample, whatever k. Blocks
 * work in parallel, and so do the chunks that long blocks are cut into, level by level.
 */
import { u32, type Pass, type Plan, type Problem, type Variant } from '@/gpu/kernel';
import { dims, linesOf, outputsOf, type Line, type WindowAttrs } from './dims';
import { scratchBytes, shaderOf, sourceBinding, storing, type Ends } from './store';
import carryCode from './van-herk-carry.wgsl?raw';
import joinCode from './van-herk-join.wgsl?raw';
import scanCode from './van-herk-scan.wgsl?raw';

/** Samples that one invocation walks: a cache line of a series. */
const CHUNK = 16;

export const vanHerk: Variant<WindowAttrs> = {
  title: { en: 'van Herk/Gil–Werman', zh: 'van Herk/Gil–Werman' },
  plan: (problem) => vanHerkPlan(problem, CHUNK),
};

/** With chunks as long as blocks, g and h are those of whole blocks: what pictures of them show. */
export function vanHerkPlan(problem: Problem<WindowAttrs>, chunk: number): Plan {
  const d = dims(problem);
  const lines = linesOf(d);
  const scratch: Record<string, number> = {};
  const need = (name: string, samples: number): void => {
    scratch[name] = Math.max(scratch[name] ?? 0, scratchBytes(samples));
  };
  if (lines.length > 1) need('rows', d.h * d.w);
  const passes = lines.flatMap((line, i): Pass[] => {
    const ends = { from: i === 0 ? 'x' : 'rows', to: i === lines.length - 1 ? 'y' : 'rows' };
    return passesOf(problem, line, ends, chunk, need);
  });
  return { scratch, passes };
}

/** One level of chunks: `samples` in each column, blocks of k, each of `chunks` chunks, `total` chunks in all. */
interface Level {
  readonly samples: number;
  readonly k: number;
  readonly chunks: number;
  readonly total: number;
}

function levelsOf({ count, step, k }: Line, chunk: number): Level[] {
  const levels: Level[] = [];
  let samples = count / step;
  for (let block = k; levels.length === 0 || block > 1;) {
    const chunks = Math.ceil(block / chunk);
    const total = Math.floor(samples / block) * chunks + Math.ceil((samples % block) / chunk);
    levels.push({ samples, k: block, chunks, total });
    samples = total;
    block = chunks;
  }
  return levels;
}

function passesOf(
  problem: Problem<WindowAttrs>,
  line: Line,
  ends: Ends,
  chunk: number,
  need: (name: string, samples: number) => void,
): Pass[] {
  const { step } = line;
  const levels = levelsOf(line, chunk);
  const store = storing(problem, dims(problem), ends);
  const paramsOf = ({ samples, k, chunks, total }: Level) => ({
    samples: u32(samples),
    k: u32(k),
    chunks: u32(chunks),
    total: u32(total),
    step: u32(step),
  });
  const buffer = (name: string, level: number): string => (level === 0 ? name : `${name}${level}`);
  const read = (name: string, level: number) =>
    ({ name: `up_${name}`, buffer: buffer(name, level), access: 'read', dtype: 'i32' }) as const;
  const write = (name: string, level: number) =>
    ({ name, buffer: buffer(name, level), access: 'read_write', dtype: 'i32' }) as const;

  const scans = levels.map((level, l): Pass => {
    const hasTops = l + 1 < levels.length;
    need(buffer('g', l), level.samples * step);
    need(buffer('h', l), level.samples * step);
    // WGSL names every binding, used or not.
    need(buffer('tops', l), hasTops ? level.total * step : 1);
    const from = l === 0 ? ends.from : buffer('tops', l - 1);
    return {
      shader: shaderOf('van-herk-scan', scanCode),
      constants: {
        FROM_FLOAT: store.constants.FROM_FLOAT === true && l === 0,
        CHUNK: chunk,
        HAS_TOPS: hasTops,
      },
      params: paramsOf(level),
      bindings: [sourceBinding({ ...ends, from }, 1), write('g', l), write('h', l), write('tops', l)],
      groups: Math.ceil((level.total * step) / 64),
      flops: 4 * level.samples * step,
    };
  });
  // From the coarsest level down; the finest takes in its carries while joining.
  const carries = levels.slice(1, -1).map((level, i): Pass => {
    const l = i + 1;
    return {
      shader: shaderOf('van-herk-carry', carryCode),
      constants: { CHUNK: chunk },
      params: paramsOf(level),
      bindings: [write('g', l), write('h', l), read('g', l + 1), read('h', l + 1)],
      groups: Math.ceil((level.samples * step) / 64),
      flops: 4 * level.samples * step,
    };
  });
  const [finest] = levels;
  const above = levels.length > 1 ? 1 : 0;
  const outputs = outputsOf(line);
  const join: Pass = {
    shader: shaderOf('van-herk-join', joinCode, store.shader),
    constants: { ...store.constants, CHUNK: chunk, HAS_TOPS: above > 0 },
    params: { ...store.params, ...paramsOf(finest!), outputs: u32(outputs) },
    bindings: [
      { name: 'g', access: 'read', dtype: 'i32' },
      { name: 'h', access: 'read', dtype: 'i32' },
      read('g', above),
      read('h', above),
      store.binding,
    ],
    groups: Math.ceil(outputs / 256),
    flops: 4 * outputs,
  };
  return [...scans, ...carries.reverse(), join];
}
