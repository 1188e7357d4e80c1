/** Every frame of the first chains again in float64, each from where the GPU's own began. */
import type { Check } from '@/lab/report';
import { toFloat64, type HostTensor } from '@/lib/tensor';
import { denoiserOf, type Mixture } from '@/methods/diffusion/mixture';
import { advance, origin } from '@/methods/diffusion/trajectory';
import type { Chains } from '@/methods/score/exactChains';
import { normals } from '@/shaders/lib/gauss';

const CHAINS = 8;
const TOLERANCE = 1e-4;

export async function verifyChains(
  kind: string,
  { program }: Pick<Chains, 'program'>,
  trace: HostTensor,
  mixture: Mixture,
  seed: number,
  signal: AbortSignal,
): Promise<Check> {
  const [, rows = 0] = trace.shape;
  const values = toFloat64(trace);
  const denoiser = denoiserOf(mixture);
  const checked = Math.min(rows, CHAINS);
  const worst = { error: 0, norm: 0, most: 0, finite: true };
  for (let chain = 0; chain < checked; chain++) {
    const place = (frame: number): [number, number] => {
      const at = 2 * (frame * rows + chain);
      return [values[at]!, values[at + 1]!];
    };
    const noise = (stage: number): [number, number] => {
      const [a, b] = normals(chain, seed, stage);
      return [a, b];
    };
    let first = program[0]!.stages.length;
    for (let frame = 1; frame < program.length; frame++) {
      const { stages } = program[frame]!;
      const wanted = advance({ ...origin, x: place(frame - 1) }, stages, denoiser, noise, first).x;
      first += stages.length;
      const [x, y] = place(frame);
      const error = Math.hypot(x - wanted[0], y - wanted[1]);
      worst.finite &&= Number.isFinite(error);
      worst.most = Math.max(worst.most, error);
      worst.error += error ** 2;
      worst.norm += wanted[0] ** 2 + wanted[1] ** 2;
    }
    // A page stays alive meanwhile.
    await new Promise((resolve) => setTimeout(resolve));
    signal.throwIfAborted();
  }
  const relError = Math.sqrt(worst.error / Math.max(worst.norm, 1e-300));
  return {
    name: `chains.${kind}`,
    ...{ maxAbsError: worst.most, relError, tolerance: TOLERANCE, rowsChecked: checked, rows },
    pass: worst.finite && relError <= TOLERANCE,
  };
}
