/** Every layer of a forward pass by itself: its time, repeated, and its memory, in the order in which they run. */
import { ownBytes } from '@/gpu/scope';
import type { Device } from '@/gpu/device';
import type { Scope } from '@/gpu/scope';
import { time, type Timed } from '@/gpu/timing';
import { blocksOf } from '@/models/vision/description';
import { nothing, type Node } from '@/tensor/graph';
import { problemOf } from '@/gpu/bind';
import { aliveBytes } from '@/tensor/memory';
import { readied, type OnProgress, type Subject } from './latency';

export const kinds = ['stem', 'expand', 'depthwise', 'squeeze-excite', 'project', 'head'] as const;
export type Kind = (typeof kinds)[number];

export interface Layer {
  /** "3.1 depthwise" */
  readonly name: string;
  readonly kind: Kind;
  readonly shape: readonly number[];
  /** Milliseconds; null where it is too fast to be timed. */
  readonly ms: number | null;
  readonly flops: number;
  readonly weightBytes: number;
  readonly outputBytes: number;
  /** Of all tensors that are alive while it runs. */
  readonly aliveBytes: number;
}

export interface Profile {
  readonly layers: readonly Layer[];
  /** Of the pass as a whole, for comparison with the sum. */
  readonly wholeMs: number;
  readonly method: NonNullable<Timed['timeMs']>['method'];
}

const ofRole: Readonly<Record<string, Kind>> = {
  ...{ stem: 'stem', expand: 'expand', depthwise: 'depthwise', project: 'project' },
  ...{ reduce: 'squeeze-excite', gate: 'squeeze-excite', features: 'head', classifier: 'head' },
};

/** The part of its block that a node is: by the weights it reads, else by where it stands. */
function partOf(node: Node, block: string): { readonly part: string; readonly kind: Kind } {
  const role = node.inputs.w?.label.split('.')[0];
  if (role !== undefined) return { part: role, kind: ofRole[role]! };
  const kind = block === 'head' ? 'head' : 'squeeze-excite';
  return { part: node.kernel.name === 'reduce' ? 'mean' : 'scale', kind };
}

export async function profileOf(
  device: Device,
  parent: Scope,
  subject: Subject,
  report: OnProgress,
  signal: AbortSignal,
): Promise<Profile> {
  const scope = parent.child('profile');
  try {
    const { program, blocks } = await readied(device, scope, subject);
    await program.run(signal);
    const whole = await program.record().time(signal);
    const nodes = blocksOf(subject.network).flatMap((block) =>
      blocks
        .get(block)!
        .filter(({ kernel }) => kernel !== nothing)
        .map((node) => ({ block: block.name, node })),
    );
    const alive = aliveBytes(program.nodes);
    const layers: Layer[] = [];
    for (const [i, { block, node }] of nodes.entries()) {
      report(i, nodes.length);
      const { part, kind } = partOf(node, block);
      const name = part === block ? block : `${block} ${part}`;
      // A short window: a hundred layers are to be timed, and each is one among its neighbours.
      const options = { signal, samples: 3, windowMs: device.queries ? 10 : 100, budgetMs: 200 };
      const [timed] = await time(device, [{ name, bound: program.bound[i]! }], options);
      const y = Object.values(node.outputs)[0]!;
      layers.push({
        ...{ name, kind, shape: y.shape, ms: timed?.timeMs?.median ?? null },
        flops: node.kernel.work(problemOf(node.kernel, node.inputs, node.attrs)).flops,
        weightBytes: node.inputs.w ? ownBytes(node.inputs.w) : 0,
        outputBytes: ownBytes(y),
        aliveBytes: alive[i]!,
      });
    }
    return { layers, wholeMs: whole.ms, method: whole.method };
  } finally {
    scope.close();
  }
}

/** Sums over the layers of each kind. */
export const byKind = ({ layers }: Pick<Profile, 'layers'>) =>
  kinds.map((kind) => {
    const own = layers.filter((layer) => layer.kind === kind);
    const sum = (of: (layer: Layer) => number): number => own.reduce((total, layer) => total + of(layer), 0);
    return {
      kind,
      layers: own.length,
      ms: sum(({ ms }) => ms ?? 0),
      flops: sum(({ flops }) => flops),
      weightBytes: sum(({ weightBytes }) => weightBytes),
      outputBytes: sum(({ outputBytes }) => outputBytes),
    };
  });
