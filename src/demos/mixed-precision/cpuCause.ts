/** Of a step that was walked on the CPU, the first tensor that is not finite: there every one of them is at hand. */
import { isFloat, valuesOf, type HostTensor } from '@/lib/tensor';
import type { Text } from '@/lib/text';
import type { Walked } from '@/tensor/cpuTraining';
import { Tensor, type Node } from '@/tensor/graph';
import { brokenWeight, diverged, inBackward, inForward } from './causes';

export function causeOnCpu({ nodes, given, values, step }: Walked, names: readonly string[]): Text {
  const weights = new Map(
    [...given.keys()].filter(({ label }) => names.includes(label)).map((t) => [t, t.label]),
  );
  for (const [t, name] of weights) if (isBroken(values.get(t)!)) return brokenWeight(name);
  const gradients = new Map([...step.gradients].map(([name, t]) => [rootOf(t), name]));
  const named = ({ inputs, outputs }: Node): string[] => [
    ...Object.values(inputs).flatMap((t) => weights.get(rootOf(t)) ?? []),
    ...Object.values(outputs).flatMap((t) => gradients.get(rootOf(t)) ?? []),
  ];
  const forward = nodes.findIndex(({ kernel }) => kernel.name === 'cross-entropy-backward');
  for (const [i, node] of nodes.entries()) {
    for (const output of Object.values(node.outputs)) {
      if (!isBroken(values.get(output)!)) continue;
      return i < forward
        ? inForward(output.label, named(node))
        : inBackward(output.label, named(node), false);
    }
  }
  return diverged(valuesOf(values.get(step.loss)!)[0]!);
}

const isBroken = (t: HostTensor): boolean => isFloat(t.dtype) && !valuesOf(t).every(Number.isFinite);

/** What a reshaped tensor is a view of. */
const rootOf = (t: Tensor): Tensor => (t.home instanceof Tensor ? rootOf(t.home) : t);
