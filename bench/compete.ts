/** One task: every entrant's result is held against float64, then the correct ones are timed in turns. */
import { problemOf } from '@/gpu/bind';
import type { Device } from '@/gpu/device';
import { sampleRows } from '@/gpu/rows';
import { compare } from '@/lib/compare';
import { sentenceOf } from '@/lib/errors';
import { Random } from '@/lib/random';
import { loadKernel } from '@/shaders';
import type { Contender, Entrant, OfKernel, OfProgram, Op, Task, Values } from './contract';
import { ourEntrants } from './ours';
import { rounds } from './rounds';
import type { Unrated } from './rows';
import { theirEntrants, type Peers } from './theirs';

export interface Options {
  readonly device: Device;
  readonly peers: Peers;
  /** By npm package, and our own as "tilewise". */
  readonly versions: Readonly<Record<string, string>>;
  readonly everyVariant: boolean;
  readonly say: (line: string) => void;
  /** Records the device that a contender runs on; throws where it is another adapter's than ours. */
  readonly sawDevice: (contender: string, device: GPUDevice) => void;
}

const TOLERANCES: Readonly<Record<string, number>> = { f32: 1e-5, f16: 2e-3 };
/** Above this much arithmetic the reference is computed for a sample of the rows only. */
const WHOLE_REFERENCE_FLOPS = 5e9;
const SAMPLED_ROWS = 512;

export async function compete(op: Op, task: Task, options: Options): Promise<Unrated[]> {
  const { device, peers, versions, everyVariant, say } = options;
  const version = versions.tilewise ?? '';
  const inputs = task.inputs(new Random(1));
  const dtype = Object.values(inputs)[0]?.dtype ?? 'f32';
  const rowOf = ({ name, version, peer, note }: Omit<Entrant, 'open'>): Unrated => ({
    ...{ op: task.op, shape: task.shape, dtype, contender: name, version },
    ...{ correct: false, relError: null, timeMs: null, note, peer },
  });
  const failed = (entrant: Omit<Entrant, 'open'>, error: unknown): Unrated =>
    rowOf({ ...entrant, note: [entrant.note, sentenceOf(error, 'en')].filter(Boolean).join('; ') });

  const ofKernel = async ({ kernel: name, output }: OfKernel): Promise<Ours> => {
    const { kernel, reference } = await loadKernel(name);
    const problem = problemOf(kernel, inputs, task.attrs);
    const total = kernel.rows(problem);
    const whole = kernel.work(problem).flops <= WHOLE_REFERENCE_FLOPS;
    const rows = sampleRows(total, whole ? total : SAMPLED_ROWS);
    say(`float64 reference, ${rows.length} of ${total} rows`);
    const expected = reference(inputs, task.attrs, rows)[output];
    say('tuning our variants');
    const ours = { device, kernel, output, inputs, attrs: task.attrs, version };
    return {
      judge: judgeFor(expected, rows, total, TOLERANCES[dtype] ?? 0),
      entrants: await ourEntrants(ours, everyVariant),
    };
  };
  const ofProgram = async ({ open, reference, tolerance }: OfProgram): Promise<Ours> => {
    say('float64 reference');
    const judge = judgeFor(await reference(inputs, task), [0], 1, tolerance);
    const entrant = { name: 'tilewise', version, peer: false, note: '' };
    return { judge, entrants: [{ ...entrant, open: () => open(device, inputs, task) }] };
  };

  let judge: Judge;
  let entrants: Entrant[];
  try {
    ({ judge, entrants } = await ('kernel' in op ? ofKernel(op) : ofProgram(op)));
  } catch (error) {
    return [failed({ name: 'tilewise', version, peer: false, note: '' }, error)];
  }
  entrants.push(...theirEntrants(op, task, inputs, peers, versions));

  const rows: Unrated[] = [];
  const correct: { readonly at: number; readonly contender: Contender }[] = [];
  const opened: Contender[] = [];
  for (const entrant of entrants) {
    say(`checking ${entrant.name}`);
    try {
      const contender = await entrant.open();
      opened.push(contender);
      options.sawDevice(entrant.name, contender.device);
      const verdict = judge(await contender.read());
      if (verdict.correct) correct.push({ at: rows.length, contender });
      const note = [entrant.note, verdict.note].filter(Boolean).join('; ');
      rows.push({ ...rowOf(entrant), ...verdict, note });
    } catch (error) {
      rows.push(failed(entrant, error));
    }
  }
  say(`timing ${correct.length} contenders`);
  const times = await rounds(correct.map(({ contender }) => contender));
  correct.forEach(({ at }, i) => (rows[at] = { ...rows[at]!, timeMs: times[i] ?? null }));
  for (const contender of opened) contender.close();
  return rows;
}

interface Ours {
  readonly judge: Judge;
  readonly entrants: Entrant[];
}
type Judge = (values: Values) => Pick<Unrated, 'correct' | 'relError' | 'note'>;

/** `expected` holds the sampled `rows` of `total`, end to end. */
function judgeFor(
  expected: Float64Array | undefined,
  rows: readonly number[],
  total: number,
  tolerance: number,
): Judge {
  if (!expected) throw new RangeError('the reference lacks the output that is compared');
  const width = expected.length / rows.length;
  return (values) => {
    if (values.length !== width * total)
      throw new RangeError(`${values.length} values, not ${width * total}`);
    const picked = new Float64Array(expected.length);
    rows.forEach((row, i) => picked.set(values.subarray(row * width, (row + 1) * width), i * width));
    const { relError, notFinite } = compare(picked, expected, rows.length);
    return {
      correct: notFinite === 0 && relError <= tolerance,
      relError,
      note: rows.length < total ? `${rows.length} of ${total} rows checked` : '',
    };
  };
}
