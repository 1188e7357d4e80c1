/** A kernel as one HTML file that needs nothing else: its WGSL with headers, dispatches, inputs and reference values. */
import { encodeParams } from '@/gpu/bind';
import type { Capabilities } from '@/gpu/capabilities';
import { toleranceOf } from '@/gpu/check';
import { assemble } from '@/gpu/header';
import type { Case, Kernel, Pass, Plan, Problem } from '@/gpu/kernel';
import { sampleRows } from '@/gpu/rows';
import { byteLength, type DType, type HostTensors } from '@/lib/tensor';
import { fill, type Lang, type Text } from '@/lib/text';
import { edited, type Edits } from './plan';
import page from './standalone.html?raw';

/** Bytes of input tensors that a file may hold. */
export const MOST_EMBEDDED = 16 * 2 ** 20;
/** Rows of the reference that it holds. */
const ROWS = 32;

export const tensorBytes = (tensors: HostTensors): number =>
  Object.values(tensors).reduce((sum, tensor) => sum + byteLength(tensor), 0);

export interface StandaloneOptions {
  readonly kernel: Kernel;
  readonly variant: string;
  /** As shipped. */
  readonly plan: Plan;
  readonly problem: Problem<Record<string, unknown>>;
  readonly inputs: HostTensors;
  readonly test: Case<Record<string, unknown>>;
  readonly edits: Edits;
  readonly lang: Lang;
  readonly caps: Capabilities;
  reference(rows: readonly number[]): Promise<Readonly<Record<string, Float64Array>>>;
}

const strings = {
  run: { en: 'Run', zh: '运行' },
  adapter: { en: 'Adapter', zh: '适配器' },
  unnamed: { en: 'unnamed (it may be a CPU)', zh: '未命名（可能是 CPU）' },
  output: { en: 'Output', zh: '输出' },
  error: { en: '‖out − ref‖ / ‖ref‖', zh: '‖out − ref‖ / ‖ref‖' },
  allowed: { en: 'Allowed', zh: '允许' },
  rows: { en: 'Rows checked', zh: '核对行数' },
  verdict: { en: 'Verdict', zh: '结论' },
  right: { en: 'right', zh: '正确' },
  wrong: { en: 'wrong', zh: '错误' },
  notFinite: { en: 'not a number', zh: '非数值' },
  first: { en: 'first elements: place, found, reference', zh: '前若干元素：位置、结果、参考值' },
  time: { en: 'Time of a run, median (10–90 %)', zh: '每次运行耗时，中位数（10–90 %）' },
  samples: { en: 'samples', zh: '次采样' },
  timestamps: { en: 'GPU timestamps', zh: 'GPU 时间戳' },
  wall: { en: 'wall clock', zh: '挂钟时间' },
  noWebGpu: {
    en: 'This browser has no WebGPU here. Open the file in a browser that has, from disk or over https.',
    zh: '这个浏览器在此处没有 WebGPU。请换用支持的浏览器，从磁盘或通过 https 打开本文件。',
  },
  noAdapter: { en: 'No GPU adapter was found.', zh: '没有找到 GPU 适配器。' },
  noFeature: {
    en: 'This file was made where the GPU has a feature that is missing here. Download it again in this browser. Missing:',
    zh: '生成本文件的 GPU 具有这里缺少的功能。请在当前浏览器中重新下载。缺少：',
  },
} as const satisfies Record<string, Text>;

const about: Text = {
  en: 'Kernel {kernel}, variant {variant}, case “{test}”{edited}. Loops have no limit here: what runs is what stands below. Downloaded from the workbench of tilewise (MIT).',
  zh: '内核 {kernel}，变体 {variant}，用例“{test}”{edited}。这里的循环没有轮数上限，运行的就是下面的代码。下载自 tilewise 的内核工作台（MIT）。',
};
const withEdits: Text = { en: ', edited by a reader', zh: '，经读者修改' };

export async function standalone(options: StandaloneOptions): Promise<string> {
  const { kernel, variant, problem, inputs, test, lang, caps } = options;
  const plan = edited(options.plan, options.edits);
  const specs = { ...inputs, ...problem.outputs };
  const dtypeOf = (b: Pass['bindings'][number]): DType =>
    b.dtype ?? specs[b.buffer ?? b.name]?.dtype ?? 'f32';
  const passes = plan.passes.map((pass) => ({
    name: pass.shader.file,
    code: assemble(pass, dtypeOf, caps.f16).code,
    entry: pass.entry ?? 'main',
    groups: pass.groups,
    params: base64(new Uint8Array(encodeParams(Object.values(pass.params ?? {})))),
    bindings: pass.bindings.map(({ name, access, buffer = name, offset = 0, size = null }) => ({
      ...{ access, buffer, offset, size },
    })),
  }));
  const total = kernel.rows(problem);
  const rows = sampleRows(total, ROWS);
  const values = await options.reference(rows);
  const given = Object.entries(inputs).map(([name, { data, ...spec }]) => {
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    return [name, { bytes: byteLength(spec), data: base64(bytes) }];
  });
  const made = Object.entries(problem.outputs)
    .filter(([name]) => !(name in inputs))
    .map(([name, spec]) => [name, { bytes: byteLength(spec), poisoned: true }]);
  const scratch = Object.entries(plan.scratch ?? {}).map(([name, bytes]) => [name, { bytes }]);
  const code = passes.map((pass) => pass.code).join('\n');
  const changed = Object.keys(options.edits).length > 0 ? withEdits[lang] : '';
  const data = {
    ...{ lang, passes, rows, total },
    title: `${kernel.title[lang]} · ${variant} · tilewise`,
    about: fill(about, { kernel: kernel.name, variant, test: test.name, edited: changed }, lang),
    features: [
      ...(/^enable f16;/m.test(code) ? ['shader-f16'] : []),
      ...(/^enable subgroups;/m.test(code) ? ['subgroups'] : []),
    ],
    buffers: Object.fromEntries([...given, ...made, ...scratch]) as Record<string, unknown>,
    outputs: Object.entries(problem.outputs).map(([name, { dtype, shape }]) => ({
      ...{ name, dtype, shape },
      tolerance: toleranceOf(test, inputs, name),
      expected: base64(new Uint8Array((values[name] ?? new Float64Array()).slice().buffer)),
    })),
    strings: Object.fromEntries(Object.entries(strings).map(([key, text]) => [key, text[lang]])),
  };
  // No text of the reader's may close the element that it stands in.
  const json = JSON.stringify(data).replaceAll('<', '\\u003c');
  return page.replace(/(id="data">)\s*null\s*(?=<)/, (_, open: string) => `${open}${json}`);
}

function base64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 8192)
    parts.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
  return btoa(parts.join(''));
}
