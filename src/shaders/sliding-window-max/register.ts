/**
 * Van Herk / Gil–Werman on blocks of a fixed size, in registers: memory is read twice and written once, beside block
 * maxima that are a sixteenth of it, and then a sixteenth of that. No workgroup memory, no barrier.
 */
import { u32, type Binding, type Pass, type Shader, type Variant } from '@/gpu/kernel';
import { dims, linesOf, type Line, type WindowAttrs } from './dims';
import barrelCode from './barrel.wgsl?raw';
import loadAcrossCode from './block-load-across.wgsl?raw';
import loadAlongCode from './block-load-along.wgsl?raw';
import storeAlongCode from './block-store-along.wgsl?raw';
import storeFourCode from './block-store-four.wgsl?raw';
import storeOneCode from './block-store-one.wgsl?raw';
import itemFourCode from './item-four.wgsl?raw';
import itemOneCode from './item-one.wgsl?raw';
import longCode from './register-long.wgsl?raw';
import shortCode from './register-short.wgsl?raw';
import topsCode from './register-tops.wgsl?raw';
import { columnStore, scratchBytes, shaderOf, sourceBinding, storing, type Ends, type Store } from './store';

export const register: Variant<WindowAttrs> = {
  title: { en: 'van Herk in registers', zh: '寄存器版 van Herk' },
  plan(problem) {
    const d = dims(problem);
    const lines = linesOf(d);
    const scratch: Record<string, number> = {};
    if (lines.length > 1) scratch.rows = scratchBytes(d.h * d.w);
    const passes = lines.flatMap((line, i) => {
      const ends = { from: i === 0 ? 'x' : 'rows', to: i === lines.length - 1 ? 'y' : 'rows' };
      return passesOf(line, ends, (at) => storing(problem, d, at), scratch, line.step === 1 ? 'r' : 'c');
    });
    return { scratch, passes };
  },
};

/** How blocks lie in memory: `columns` of them side by side, `lanes` samples to an item. */
interface Layout {
  readonly R: number;
  readonly columns: number;
  readonly lanes: 1 | 4;
  readonly load: Shader;
  readonly store: Shader;
}

const barrel = shaderOf('barrel', barrelCode);
const itemOne = shaderOf('item-one', itemOneCode);
const itemFour = shaderOf('item-four', itemFourCode);
const along = {
  R: 16,
  lanes: 1,
  load: shaderOf('block-load-along', loadAlongCode),
  store: shaderOf('block-store-along', storeAlongCode),
} as const;
const one = {
  R: 16,
  lanes: 1,
  load: shaderOf('block-load-across', loadAcrossCode, itemOne),
  store: shaderOf('block-store-one', storeOneCode),
} as const;
/** Four columns at once have a quarter of the registers for each. */
const four = {
  R: 8,
  lanes: 4,
  load: shaderOf('block-load-across', loadAcrossCode, itemFour),
  store: shaderOf('block-store-four', storeFourCode),
} as const;

function layoutOf({ step }: Line): Layout {
  if (step === 1) return { ...along, columns: 1 };
  return step % 4 === 0 ? { ...four, columns: step / 4 } : { ...one, columns: step };
}

function passesOf(
  line: Line,
  ends: Ends,
  storeOf: (ends: Ends) => Store,
  scratch: Record<string, number>,
  level: string,
): Pass[] {
  const { k, step } = line;
  const layout = layoutOf(line);
  const { R, columns, lanes, load } = layout;
  const samples = Math.ceil(line.count / step);
  const outputs = samples - k + 1;
  const store = step % 4 !== 0 && step > 1 && ends.to !== 'y' ? columnStore(ends) : storeOf(ends);
  const common = {
    items: u32(Math.ceil((samples * step) / (step === 1 ? 4 : lanes))),
    columns: u32(columns),
    outputs: u32(outputs),
  };
  const source = sourceBinding(ends, step === 1 ? 4 : lanes);
  const passOver = (
    count: number,
    shader: Shader,
    pass: Omit<Pass, 'shader' | 'groups' | 'flops'>,
  ): Pass => ({
    ...pass,
    shader,
    constants: { ...store.constants, R, ...pass.constants },
    params: { ...store.params, ...common, blocks: u32(count), ...pass.params },
    groups: Math.ceil((count * columns) / 64),
    flops: 5 * count * columns * lanes * R,
  });
  const results = Math.ceil(outputs / R);

  if (k <= R) {
    const shader = shaderOf('register-short', shortCode, load, barrel, store.shader, layout.store);
    const window = { k: u32(k), last: u32(k - 2 ** Math.floor(Math.log2(k))) };
    return [passOver(results, shader, { params: window, bindings: [source, store.binding] })];
  }

  const skip = Math.floor((k - 1) / R);
  const constants = { HAS_MIDDLE: skip > 1 };
  const whole = Math.ceil(samples / R);
  const inner = { count: whole * step, step, k: skip - 1 };
  const middles = whole - inner.k + 1;
  const [tops, middle] = [`tops-${level}`, `middle-${level}`];
  const item = (name: string, buffer: string, access: Binding['access']): Binding => {
    return { name, buffer, access, dtype: 'i32', vec: lanes };
  };
  const before: Pass[] = [];
  if (skip > 1) {
    scratch[tops] = scratchBytes(whole * step);
    const shader = shaderOf('register-tops', topsCode, load);
    before.push(passOver(whole, shader, { bindings: [source, item('tops', tops, 'read_write')] }));
  }
  if (skip > 2) {
    scratch[middle] = scratchBytes(middles * step);
    before.push(...passesOf(inner, { from: tops, to: middle }, storeOf, scratch, `${level}${R}`));
  }
  // Without a middle, what is bound in its place is not read.
  const bound =
    skip > 2 ? item('middles', middle, 'read') : skip > 1 ? item('middles', tops, 'read') : undefined;
  const long = passOver(
    results,
    shaderOf('register-long', longCode, load, barrel, store.shader, layout.store),
    {
      constants,
      params: { skip: u32(skip), rest: u32((k - 1) % R), middles: u32(middles) },
      bindings: [source, bound ?? item('middles', ends.from, 'read'), store.binding],
    },
  );
  return [...before, long];
}
