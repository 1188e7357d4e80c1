/** The schedule in force and its bounds: what rules between parameters need too, so it is light. */
import { mostLevels, ownSchedule, type ScheduleName } from '@/methods/diffusion/levels';
import type { Bounds } from '@/methods/diffusion/schedules';
import type { Params } from './params';

export const scheduleOf = ({ schedule, process }: Params): ScheduleName =>
  schedule === 'own' ? ownSchedule[process] : schedule;

export const boundsOf = (params: Params): Bounds | undefined =>
  params.bounds === 'custom' ? { sigmaMin: params['sigma-min'], sigmaMax: params['sigma-max'] } : undefined;

/** How many different levels there can be. */
export const mostSteps = (params: Params): number => mostLevels(scheduleOf(params), boundsOf(params));
