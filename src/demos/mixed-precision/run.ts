/** The sessions of the mixed-precision demo: on a GPU, and where there is none. */
import { buffersLeftBy } from '@/gpu/dry';
import type { Create, CreateCpu, Needs } from '@/lab/session';
import { CpuSession } from './cpu';
import { beginAll } from './modeRun';
import type { Params } from './params';
import { MixedPrecisionSession } from './session';
import { taskOf } from './task';

export const create: Create<Params, MixedPrecisionSession> = (ctx, params, signal) =>
  MixedPrecisionSession.create(ctx, params, signal);

export const createCpu: CreateCpu<Params, CpuSession> = (ctx, params, signal) =>
  CpuSession.create(ctx, params, signal);

/** Held-out batches, all modes' trainings, and what the first look at them reads back at once. */
export const needs: Needs<Params> = ({ device }, params) => {
  // A text of the reader's own has another vocabulary, which is a small part of all.
  const task = taskOf({ ...params, text: null }, {});
  const { rows, chunks, glance } = task.held;
  return buffersLeftBy(device, async (dry) => {
    for (let i = 0; i < chunks; i++)
      for (const [name, spec] of Object.entries(task.network(rows).inputs)) dry.root.tensor(name, spec);
    const { runs, probe } = await beginAll(dry, dry.root, params, task, new AbortController().signal);
    for (const bytes of runs.flatMap((run) => run.readBytes(glance))) dry.root.buffer('read-back', bytes);
    for (const run of runs) dry.root.buffer('read-back', probe.readBytes(run.training.layout));
  });
};
