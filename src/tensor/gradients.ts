/**
 * Reverse-mode differentiation: walks the nodes backwards and lets each turn gradients of its outputs into gradients
 * of its inputs, which append nodes of their own. Where a tensor is used more than once its gradients add up.
 */
import { kernel as elementwise } from '@/shaders/elementwise/kernel';
import type { Graph, Tensor } from './graph';

/** Gradients of `y`, whose own is `dy`, with respect to everything that it depends on and that is differentiable. */
export function backward(y: Tensor, dy: Tensor): Map<Tensor, Tensor> {
  const { graph } = y;
  const gradients = new Map([[y, dy]]);
  for (const { inputs, outputs, gradient } of [...graph.nodes].reverse()) {
    const first = Object.values(outputs)[0];
    const so = first && gradients.get(first);
    if (!gradient || !so) continue;
    for (const [name, dx] of Object.entries(gradient(so, outputs))) {
      const x = inputs[name];
      if (!x?.differentiable) continue;
      const before = gradients.get(x);
      gradients.set(x, before ? graph.apply(elementwise, { a: before, b: dx }, { op: 'add' }).y! : dx);
    }
  }
  return gradients;
}

/** Makes `t` live in `memory` (a slice of all gradients); copies where it lives elsewhere already. */
export function settle(graph: Graph, t: Tensor, memory: Tensor): void {
  if (t.home === undefined) t.home = memory;
  else graph.apply(elementwise, { a: t }, { op: 'scale', alpha: 1 }).y!.home = memory;
}
