/**
 * Holds a piece against float64, kernel by kernel: each node's output against the reference of that node's own inputs as
 * they lie on the device. So no error of one kernel hides behind another's, and some rows are enough of a large image.
 */
import { problemOf } from '@/gpu/bind';
import { sampleRows } from '@/gpu/rows';
import { download } from '@/gpu/transfer';
import type { Check } from '@/lab/report';
import type { Context } from '@/lab/session';
import type { HostTensor } from '@/lib/tensor';
import { judgeRows } from '@/shaders/verify';
import { nothing, type Tensor } from '@/tensor/graph';
import type { OnDevice, PieceGraph } from './piece';

/** Operations of the reference for one node: some tenths of a second in its worker. */
const MOST_FLOPS = 3e7;
const MOST_ROWS = 256;

/** One check: of all nodes the one that came nearest to its tolerance. */
export async function verifyPiece(
  { device, pool }: Pick<Context, 'device' | 'pool'>,
  name: string,
  { nodes }: Pick<PieceGraph, 'nodes'>,
  { memory }: Pick<OnDevice, 'memory'>,
  signal: AbortSignal,
  most = MOST_ROWS,
): Promise<Check> {
  const hosts = new Map<Tensor, Promise<HostTensor>>();
  const hostOf = (t: Tensor): Promise<HostTensor> => {
    const host = hosts.get(t) ?? download(device, memory(t));
    hosts.set(t, host);
    return host;
  };
  // All at once: a browser may take a quarter of a second for every read-back, however small.
  const checks = nodes.map(async ({ kernel, attrs, inputs, outputs }): Promise<readonly Check[]> => {
    if (kernel === nothing) return [];
    const problem = problemOf(kernel, inputs, attrs);
    const total = kernel.rows(problem);
    const each = kernel.work(problem).flops / total;
    const rows = sampleRows(total, Math.min(most, Math.max(4, Math.floor(MOST_FLOPS / Math.max(1, each)))));
    const given = Object.fromEntries(
      await Promise.all(Object.entries(inputs).map(async ([input, t]) => [input, await hostOf(t)] as const)),
    );
    signal.throwIfAborted();
    const expected = await pool.reference(kernel.name, given, attrs, rows, signal);
    const made = Object.fromEntries(Object.entries(outputs).map(([output, t]) => [output, memory(t)]));
    return judgeRows(device, given, made, name, { total, rows, expected });
  });
  const found = (await Promise.all(checks)).flat();
  return { ...found.reduce((worst, check) => (shareOf(check) > shareOf(worst) ? check : worst)), name };
}

/** A check that failed comes before all that passed. */
const shareOf = ({ pass, relError, tolerance }: Check): number =>
  (pass ? 0 : 1e300) + relError / Math.max(tolerance, 1e-300);
