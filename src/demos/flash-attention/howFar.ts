/**
 * The largest N that naive and flash each reach on this device: bounded by what its limits allow, then grown to,
 * doubling and then halving the gap, every size really allocated, run and its last row read back.
 */
import { bind, problemOf, unsupported } from '@/gpu/bind';
import type { Device } from '@/gpu/device';
import type { Problem } from '@/gpu/kernel';
import { buffersOf } from '@/gpu/needs';
import { Recorder } from '@/gpu/recorder';
import { makeOutputs } from '@/gpu/run';
import { allocated, type DeviceTensor, type Scope } from '@/gpu/scope';
import { download } from '@/gpu/transfer';
import { LabError } from '@/lib/errors';
import { Random } from '@/lib/random';
import { tensor, valuesOf } from '@/lib/tensor';
import type { Text } from '@/lib/text';
import { bytesText } from '@/lib/units';
import type { AttentionAttrs } from '@/shaders/attention/dims';
import { kernel } from '@/shaders/attention/kernel';
import type { Shape } from './inputs';

export interface Try {
  readonly n: number;
  readonly outcome: 'ran' | 'failed';
  readonly ms: number | null;
  readonly peakBytes: number | null;
  readonly why?: unknown;
}

export interface Reach {
  /** Largest N that ran; 0 before any did. */
  readonly best: number;
  readonly tries: readonly Try[];
  /** The N that runs now. */
  readonly trying: number | null;
  /** What this device's limits alone would allow. */
  readonly bound: { readonly n: number; readonly why: Text };
  /** Why it ended: at the limits, out of memory, or the next size would take longer than one waits. */
  readonly end?: { readonly kind: 'limit' | 'memory' | 'time'; readonly text: Text };
}

export interface Setting {
  readonly variant: string;
  readonly dtype: 'f32' | 'f16';
  readonly shape: Omit<Shape, 'S' | 'T'>;
  readonly attrs: AttentionAttrs;
}

const FIRST = 256;
const MOST = 2 ** 26;
/** Longest single run that a reader should wait for. */
export const PATIENCE_MS = 20_000;
/** The answer is this sharp: sizes closer than a sixteenth are one. */
const SHARPNESS = 1 / 16;

/** Grows until something stops it; `report` hears of every step. Ends early, without an error, when `signal` aborts. */
export async function howFar(
  device: Device,
  scope: Scope,
  setting: Setting,
  report: (reach: Reach) => void,
  signal: AbortSignal,
): Promise<Reach> {
  const bound = limitOf(device, setting);
  let reach: Reach = { best: 0, tries: [], trying: null, bound };
  const show = (patch: Partial<Reach>): void => {
    reach = { ...reach, ...patch };
    report(reach);
  };
  let above = bound.n + 1;
  for (let n = Math.min(FIRST, bound.n); n > reach.best && n < above;) {
    const last = reach.tries.findLast((t) => t.ms !== null);
    const expected = last?.ms ? (last.ms * flopsAt(setting, n)) / flopsAt(setting, last.n) : 0;
    if (expected > PATIENCE_MS) {
      show({ trying: null, end: { kind: 'time', text: tooLong(n, expected) } });
      return reach;
    }
    show({ trying: n });
    const tried = await attempt(device, scope, setting, n, signal);
    const ran = tried.outcome === 'ran';
    if (!ran) above = n;
    show({ trying: null, tries: [...reach.tries, tried], best: ran ? n : reach.best });
    const next = ran && above > bound.n ? Math.min(2 * n, bound.n) : Math.floor((reach.best + above) / 2);
    if (next - reach.best < reach.best * SHARPNESS && next !== bound.n) break;
    n = next;
  }
  const failed = reach.tries.find((t) => t.outcome === 'failed');
  show({
    end: failed
      ? { kind: 'memory', text: outOfMemory(failed.n) }
      : { kind: 'limit', text: atLimit(bound.why) },
  });
  return reach;
}

const tooLong = (n: number, ms: number): Text => ({
  en: `N = ${n} would take about ${Math.round(ms / 1000)} s: stopped for time, not for memory`,
  zh: `N = ${n} 预计需要约 ${Math.round(ms / 1000)} 秒：因时间而停，并非内存不足`,
});
const outOfMemory = (n: number): Text => ({
  en: `N = ${n} found no memory`,
  zh: `N = ${n} 时申请不到内存`,
});
const noneMet: Text = {
  en: `none met up to N = ${MOST}`,
  zh: `直到 N = ${MOST} 都没有触及`,
};
const atLimit = (why: Text): Text => ({
  en: `At this device's limit: ${why.en}`,
  zh: `到达本设备的上限：${why.zh}`,
});

export function problemAt({ shape, dtype, attrs }: Setting, n: number): Problem<AttentionAttrs> {
  const { B, H, Hkv, D } = shape;
  const ofKeys = { dtype, shape: [B, Hkv, n, D] };
  return problemOf(kernel, { q: { dtype, shape: [B, H, n, D] }, k: ofKeys, v: ofKeys }, attrs);
}

const flopsAt = (setting: Setting, n: number): number => kernel.work(problemAt(setting, n)).flops;

/** The largest N whose bindings and buffers the limits allow, and which limit is next. */
export function limitOf(device: Device, setting: Setting): Reach['bound'] {
  const objection = (n: number): Text | undefined => {
    const problem = problemAt(setting, n);
    const refused = unsupported(device, kernel, problem, setting.variant);
    if (refused !== undefined) return refused;
    const plan = kernel.variants[setting.variant]?.plan(problem, device.caps);
    const most = device.caps.limits.maxBufferSize;
    const largest = Math.max(...buffersOf(problem, plan));
    if (largest <= most) return undefined;
    const [needed, allowed] = [bytesText(largest), bytesText(most)];
    return {
      en: `${needed} for one buffer, maxBufferSize is ${allowed}`,
      zh: `单个缓冲区要 ${needed}，而 maxBufferSize 是 ${allowed}`,
    };
  };
  let [fits, above] = [0, 1];
  while (above < MOST && objection(above) === undefined) [fits, above] = [above, above * 2];
  while (above - fits > 1) {
    const middle = Math.floor((fits + above) / 2);
    if (objection(middle) === undefined) fits = middle;
    else above = middle;
  }
  return { n: fits, why: objection(above) ?? noneMet };
}

async function attempt(
  device: Device,
  scope: Scope,
  setting: Setting,
  n: number,
  signal: AbortSignal,
): Promise<Try> {
  const own = scope.child(`how far ${n}`);
  try {
    const problem = problemAt(setting, n);
    const inputs = Object.fromEntries(
      Object.entries(problem.inputs).map(([name, spec]) => [name, own.tensor(name, spec)]),
    );
    await allocated(Object.values(inputs).map(({ buffer }) => buffer));
    fill(device, Object.values(inputs));
    const tensors = { ...inputs, ...makeOutputs(device, own, problem.outputs) };
    const bound = await bind(device, own, kernel, problem, tensors, setting.variant);
    const { ms } = await new Recorder(device).add(bound).time(signal);
    const { D } = setting.shape;
    const size = tensors.o!.shape.reduce((a, b) => a * b, 1);
    const last = valuesOf(await download(device, tensors.o!, { from: size - D, count: D }));
    if (!last.every(Number.isFinite))
      throw new LabError('gpu.validation', { message: 'the last row was not written' });
    return { n, outcome: 'ran', ms, peakBytes: own.peak };
  } catch (why) {
    signal.throwIfAborted();
    return { n, outcome: 'failed', ms: null, peakBytes: null, why };
  } finally {
    own.close();
  }
}

/** Seeded normals, the same megabyte again and again: the host need not hold what the GPU holds. */
function fill(device: Device, tensors: readonly DeviceTensor[]): void {
  for (const [i, { buffer, dtype }] of tensors.entries()) {
    const part = tensor(dtype, [1 << 16], new Random(1, i).normals(1 << 16)).data;
    const bytes = new Uint8Array(part.buffer);
    for (let at = 0; at < buffer.size; at += bytes.length)
      device.gpu.queue.writeBuffer(buffer, at, bytes, 0, Math.min(bytes.length, buffer.size - at));
  }
}
