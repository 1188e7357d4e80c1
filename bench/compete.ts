/** One task: every contender's result is held against float64, then the correct ones are timed in turns. */
import { problemOf } from '@/gpu/bind';
import type { Device } from '@/gpu/device';
import { sampleRows } from '@/gpu/rows';
import { compare } from '@/lib/compare';
import { sentenceOf } from '@/lib/errors';
import { Random } from '@/lib/random';
import { loadKernel } from '@/shaders';
import type { Contender, Expression, Library, Op, Peer, Task, Values } from './contract';
import { prepareOurs } from './ours';
import { rounds } from './rounds';
import type { Unrated } from './rows';

export interface OpenPeer {
  readonly peer: Peer<Expression>;
  /** Opened by the first task that needs it. */
  library(): Promise<Library<Expression>>;
}

export interface Options {
  readonly device: Device;
  readonly peers: Readonly<Record<string, OpenPeer>>;
  readonly versions: Readonly<Record<string, string>>;
  readonly everyVariant: boolean;
  readonly say: (line: string) => void;
  /** Features of the device that a contender ran on. */
  readonly sawDevice: (contender: string, device: GPUDevice) => void;
}

const TOLERANCES: Readonly<Record<string, number>> = { f32: 1e-5, f16: 2e-3 };
/** Above this much arithmetic the reference is computed for a sample of the rows only. */
const WHOLE_REFERENCE_FLOPS = 5e9;
const SAMPLED_ROWS = 512;

interface Entrant {
  readonly name: string;
  readonly version: string;
  readonly peer: boolean;
  readonly note: string;
  readonly contender: Contender;
  readonly restore: (values: Values) => Values;
}

export async function compete(op: Op, task: Task, options: Options): Promise<Unrated[]> {
  const { device, say } = options;
  const room = await loadKernel(op.kernel);
  const inputs = task.inputs(new Random(1));
  const dtype = Object.values(inputs)[0]?.dtype ?? 'f32';
  const common = { op: task.op, shape: task.shape, dtype };
  const problem = problemOf(room.kernel, inputs, task.attrs);
  const total = room.kernel.rows(problem);
  const whole = room.kernel.work(problem).flops <= WHOLE_REFERENCE_FLOPS;
  const sample = sampleRows(total, whole ? total : SAMPLED_ROWS);
  say(`float64 reference, ${sample.length} of ${total} rows`);
  const expected = room.reference(inputs, task.attrs, sample)[op.output];
  if (!expected) throw new RangeError(`the reference of ${op.kernel} has no output "${op.output}"`);

  const failed: Unrated[] = [];
  const entrants: Entrant[] = [];
  const fail = (name: string, version: string, peer: boolean, error: unknown): void => {
    const note = sentenceOf(error, 'en');
    failed.push({
      ...common,
      contender: name,
      version,
      peer,
      correct: false,
      relError: null,
      timeMs: null,
      note,
    });
  };

  say('tuning our variants');
  const version = options.versions.tilewise ?? '';
  try {
    const ours = await prepareOurs(device, room.kernel, op.output, inputs, task.attrs, options.everyVariant);
    for (const { variant, picked, contender } of ours) {
      const name = `tilewise ${variant}`;
      const note = picked ? 'picked by the tuner' : '';
      entrants.push({ name, version, peer: false, note, contender, restore: (values) => values });
    }
  } catch (error) {
    fail('tilewise', version, false, error);
  }
  for (const [key, expressions] of Object.entries(op.peers)) {
    const found = options.peers[key];
    if (!found) continue;
    const peerVersion = options.versions[found.peer.package] ?? '';
    for (const expression of expressions as readonly Expression[]) {
      const name = `${found.peer.name} ${expression.name}`;
      say(`preparing ${name}`);
      try {
        const library = await found.library();
        const arranged = expression.arrange?.(inputs, task) ?? inputs;
        const contender = await library.prepare(expression, task, arranged);
        const restore = (values: Values): Values => expression.restore?.(values, task) ?? values;
        entrants.push({
          name,
          version: peerVersion,
          peer: true,
          note: expression.note ?? '',
          contender,
          restore,
        });
      } catch (error) {
        fail(name, peerVersion, true, error);
      }
    }
  }

  const rows: Unrated[] = [];
  const correct: { readonly row: Unrated; readonly contender: Contender }[] = [];
  for (const { name, version, peer, note, contender, restore } of entrants) {
    say(`checking ${name}`);
    options.sawDevice(name, contender.device);
    try {
      const values = pickRows(restore(await contender.read()), sample, total);
      const { relError, notFinite } = compare(values, expected, sample.length);
      const ok = notFinite === 0 && relError <= (TOLERANCES[dtype] ?? 0);
      const checked = whole
        ? note
        : [note, `${sample.length} of ${total} rows checked`].filter(Boolean).join('; ');
      const row = {
        ...common,
        contender: name,
        version,
        peer,
        correct: ok,
        relError,
        timeMs: null,
        note: checked,
      };
      if (ok) correct.push({ row, contender });
      else rows.push(row);
    } catch (error) {
      fail(name, version, peer, error);
    }
  }
  say(`timing ${correct.length} contenders`);
  const times = await rounds(correct.map(({ contender }) => contender));
  correct.forEach(({ row }, i) => rows.push({ ...row, timeMs: times[i] ?? null }));
  for (const { contender } of entrants) contender.close();
  return [...rows.sort((a, b) => Number(a.peer) - Number(b.peer)), ...failed];
}

function pickRows(values: Values, rows: readonly number[], total: number): Values {
  if (rows.length === total) return values;
  const width = values.length / total;
  const out = new Float32Array(rows.length * width);
  rows.forEach((row, i) => out.set(values.subarray(row * width, (row + 1) * width), i * width));
  return out;
}
