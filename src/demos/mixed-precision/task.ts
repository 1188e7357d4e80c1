/** The networks, and the batches that they learn from: a batch follows from seed and step alone. */
import { LabError } from '@/lib/errors';
import { Random } from '@/lib/random';
import { tensor, valuesOf, type HostTensors } from '@/lib/tensor';
import { digitImages } from '@/methods/digits/digits';
import { grammarCorpus, textCorpus, type Corpus } from '@/methods/text/corpus';
import type { Classifier } from '@/models/classifier';
import { charTransformer } from '@/models/charTransformer';
import { cnn } from '@/models/cnn';
import { mlp } from '@/models/mlp';
import type { Context } from '@/lab/session';
import type { Params } from './params';

/** Pixels of a side. */
export const SIZE = 20;
/** Characters of a window. */
export const CONTEXT = 64;
/** Text takes a quarter as many windows: each is many characters to predict. */
const windowsOf = (rows: number): number => Math.max(1, Math.round(rows / 4));

export interface Task {
  /** Rows are images, or four of them a window. */
  network(rows: number): Classifier;
  batch(rows: number, step: number): HostTensors;
  /** `chunks` batches of `rows` that never appear in training. */
  heldOut(rows: number, chunks: number): Promise<HostTensors[]>;
  /** Rows of a held-out batch, how many batches there are, and how many of them are for a look on the way. */
  readonly held: { readonly rows: number; readonly chunks: number; readonly glance: number };
  /** What class or character a number stands for. */
  readonly names: readonly string[];
  readonly isText: boolean;
}

/** Philox streams: training takes 16 + 2·step, what is held out an odd one, first weights the one below. */
const HELD_OUT = 1;
export const WEIGHTS = 2;
const streamOf = (step: number): number => 16 + 2 * step;

export function taskOf({ task, seed, text }: Params, files: Context['files']): Task {
  if (task !== 'char') return digitTask(task, seed);
  const corpus = text && files.text ? textCorpus(files.text, text.name) : grammarCorpus;
  return charTask(corpus, seed);
}

/** The beginning of a held-out window, which a network goes on from. */
export const promptOf = ([first]: readonly HostTensors[]): number[] => [
  ...valuesOf(first!.x!).subarray(0, 12),
];

function digitTask(kind: 'mlp' | 'cnn', seed: number): Task {
  const drawn = (rows: number, random: Random): HostTensors => {
    const { images, labels } = digitImages(rows, SIZE, random);
    const shape = kind === 'mlp' ? [rows, SIZE * SIZE] : [rows, SIZE, SIZE, 1];
    return { x: tensor('f32', shape, images), targets: tensor('i32', [rows], labels) };
  };
  return {
    network: (rows) => (kind === 'mlp' ? mlp(rows, [SIZE * SIZE, 256, 128, 64, 10]) : cnn(rows, SIZE)),
    batch: (rows, step) => drawn(rows, new Random(seed, streamOf(step))),
    async heldOut(rows, chunks) {
      const random = new Random(seed, HELD_OUT);
      const batches: HostTensors[] = [];
      for (let i = 0; i < chunks; i++) {
        batches.push(drawn(rows, random));
        // The page's events come in between.
        await new Promise((resolve) => setTimeout(resolve));
      }
      return batches;
    },
    held: { rows: 128, chunks: 16, glance: 4 },
    names: Array.from({ length: 10 }, (_, digit) => String(digit)),
    isText: false,
  };
}

function charTask(corpus: Corpus, seed: number): Task {
  const host = ({ x, targets }: ReturnType<Corpus['heldOut']>): HostTensors => ({
    x: tensor('i32', [x.length], x),
    targets: tensor('i32', [targets.length], targets),
  });
  const vocab = corpus.vocabulary.length;
  if (vocab < 2) throw new LabError('input.missing', { name: 'text', allowed: '2 characters' });
  return {
    network: (rows) =>
      charTransformer({ rows: windowsOf(rows), context: CONTEXT, vocab, width: 64, heads: 4, blocks: 2 }),
    batch: (rows, step) => host(corpus.training(windowsOf(rows), CONTEXT, seed, step)),
    heldOut: async (rows, chunks) => {
      const windows = windowsOf(rows);
      const { x, targets } = corpus.heldOut(windows * chunks, CONTEXT, seed);
      const part = windows * CONTEXT;
      return Array.from({ length: chunks }, (_, i) =>
        host({ x: x.slice(i * part, (i + 1) * part), targets: targets.slice(i * part, (i + 1) * part) }),
      );
    },
    held: { rows: 64, chunks: 8, glance: 2 },
    names: corpus.vocabulary,
    isText: true,
  };
}
