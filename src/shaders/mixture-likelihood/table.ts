/** The steps of the flow as the kernel reads them: all that it knows of a process. */
export interface FlowProcess {
  readonly s: (t: number) => number;
  readonly std: (t: number) => number;
  /** Of dx/dt = rate x − pull D. */
  readonly rate: (t: number) => number;
  readonly pull: (t: number) => number;
}

/** Numbers of a step: (s, std, h rate, h pull) at its beginning, its middle and its end. */
export const FLOW_STEP = 12;

/** The table [steps, 12] of the steps between successive times, computed in float64. */
export function flowTable(process: FlowProcess, times: readonly number[]): Float32Array<ArrayBuffer> {
  const rows = times.slice(1).flatMap((u, i) => {
    const t = times[i]!;
    const h = u - t;
    return [t, t + h / 2, u].flatMap((at) => [
      ...[process.s(at), process.std(at)],
      ...[h * process.rate(at), h * process.pull(at)],
    ]);
  });
  return Float32Array.from(rows);
}
