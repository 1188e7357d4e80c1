/** A running comparison as bytes, so that it goes on where it stood on another device: a safetensors file. */
import type { Device } from '@/gpu/device';
import type { DeviceTensor } from '@/gpu/scope';
import { download, write } from '@/gpu/transfer';
import { readSafetensors, writeSafetensors } from '@/lib/safetensors';
import { tensor, type HostTensor } from '@/lib/tensor';
import type { GradientCounts } from '@/tensor/probe';
import type { StepRecord } from '@/tensor/records';
import type { Evaluation, Observation, Stop } from './log';
import type { ModeRun } from './modeRun';
import type { Rates } from './sentinel';

interface Story {
  readonly step: number;
  readonly rates: Rates;
  readonly runs: Readonly<Record<string, ModeStory>>;
}
interface ModeStory {
  readonly records: readonly StepRecord[];
  readonly halted: number | null;
  readonly stop: Stop | null;
  readonly evaluations: readonly (Omit<Evaluation, 'logits' | 'weights'> & {
    readonly logits: readonly number[];
  })[];
  readonly observations: readonly (Omit<Observation, 'tensors'> & {
    readonly tensors: readonly { name: string; exact: readonly number[]; stored: readonly number[] }[];
  })[];
}

/** Names of the tensors in the file: "fp16/moment 1". */
const stateOf = ({ mode, training }: ModeRun): Record<string, DeviceTensor> => {
  const { weights, working, moments, control, lost } = training;
  return {
    [`${mode}/weights`]: weights.whole,
    [`${mode}/working`]: working.whole,
    [`${mode}/moment 1`]: moments[0]!,
    [`${mode}/moment 2`]: moments[1]!,
    [`${mode}/control`]: control,
    [`${mode}/lost`]: lost,
  };
};

export async function saveState(
  device: Device,
  runs: readonly ModeRun[],
  step: number,
  rates: Rates,
): Promise<Uint8Array<ArrayBuffer>> {
  const tensors = new Map<string, HostTensor>();
  for (const run of runs) {
    for (const [name, t] of Object.entries(stateOf(run))) tensors.set(name, await download(device, t));
    await run.training.records.collect();
  }
  const story: Story = {
    step,
    rates,
    runs: Object.fromEntries(runs.map((run) => [run.mode, storyOf(run)])),
  };
  const text = new TextEncoder().encode(JSON.stringify(story, encodeNumber));
  tensors.set('story', tensor('u8', [text.length], text));
  return writeSafetensors(tensors);
}

/** The step at which it was saved, and the learning rates until then. */
export function restoreState(
  device: Device,
  runs: readonly ModeRun[],
  bytes: Uint8Array<ArrayBuffer>,
): Pick<Story, 'step' | 'rates'> {
  const tensors = readSafetensors(bytes, 'snapshot');
  for (const run of runs) {
    for (const [name, t] of Object.entries(stateOf(run))) write(device, t, tensors.get(name)!);
  }
  const text = new TextDecoder().decode(tensors.get('story')!.data);
  const { step, rates, runs: stories } = JSON.parse(text, decodeNumber) as Story;
  for (const run of runs) {
    const story = stories[run.mode]!;
    run.recall({
      records: story.records,
      halted: story.halted ?? undefined,
      stop: story.stop ?? undefined,
      evaluations: story.evaluations.map((e) => ({
        ...e,
        logits: Float32Array.from(e.logits),
        weights: new Float32Array(0),
      })),
      observations: story.observations.map((o) => ({ ...o, tensors: o.tensors.map(countsOf) })),
    });
    // A replay begins from here: what was kept on the lost device is gone.
    run.keep(step);
  }
  return { step, rates };
}

function storyOf({ records, halted, stop, evaluations, observations }: ModeRun): ModeStory {
  return {
    records,
    halted: halted ?? null,
    stop: stop ?? null,
    evaluations: evaluations.map(({ step, accuracy, loss, logits }) => ({
      ...{ step, accuracy, loss },
      logits: [...logits],
    })),
    observations: observations.map(({ step, lossScale, tensors }) => ({
      ...{ step, lossScale },
      tensors: tensors.map(({ name, exact, stored }) => ({ name, exact: [...exact], stored: [...stored] })),
    })),
  };
}

const countsOf = (t: {
  name: string;
  exact: readonly number[];
  stored: readonly number[];
}): GradientCounts => ({
  name: t.name,
  exact: Uint32Array.from(t.exact),
  stored: Uint32Array.from(t.stored),
});

/** JSON has neither NaN nor infinity. */
const encodeNumber = (_: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isFinite(value) ? { number: String(value) } : value;
const decodeNumber = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'number' in value ? Number(value.number) : value;
