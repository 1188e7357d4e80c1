/**
 * Where the tensors of a graph live. A tensor takes memory from the node that makes it to the last node that reads
 * it; afterwards later tensors may have it. Best fit among what is free.
 */
import type { DeviceTensor, Scope } from '@/gpu/scope';
import { byteLength } from '@/lib/tensor';
import { Tensor, type Node } from './graph';

/** Whose memory a tensor is in: that of the tensor it is a view of, if any. */
function rootOf(t: Tensor): Tensor {
  return t.home instanceof Tensor ? rootOf(t.home) : t;
}

/** Allocates from `scope`; the answer gives the memory of any tensor of the graph, under the tensor's own shape. */
export function place(nodes: readonly Node[], scope: Scope): (t: Tensor) => DeviceTensor {
  const lastUse = new Map<Tensor, number>();
  nodes.forEach(({ inputs, outputs }, i) => {
    for (const t of [...Object.values(inputs), ...Object.values(outputs)])
      lastUse.set(rootOf(t), t.kept ? Infinity : Math.max(i, lastUse.get(rootOf(t)) ?? 0));
  });

  const buffers = new Map<Tensor, GPUBuffer>();
  const free: GPUBuffer[] = [];
  const take = (label: string, bytes: number): GPUBuffer => {
    const fitting = free.filter((buffer) => buffer.size >= bytes).sort((a, b) => a.size - b.size)[0];
    // Twice as much memory as needed would be wasted on a tensor that outlives the rest.
    if (!fitting || fitting.size > 2 * bytes + 1024) return scope.buffer(label, bytes);
    free.splice(free.indexOf(fitting), 1);
    return fitting;
  };
  nodes.forEach(({ inputs, outputs }, i) => {
    for (const t of Object.values(outputs)) {
      const root = rootOf(t);
      if (!root.home && !buffers.has(root)) buffers.set(root, take(root.label, byteLength(root)));
    }
    for (const root of new Set([...Object.values(inputs), ...Object.values(outputs)].map(rootOf))) {
      const buffer = buffers.get(root);
      if (buffer && lastUse.get(root) === i) free.push(buffer);
    }
  });

  return (t) => {
    const root = rootOf(t);
    const { dtype, shape, label } = t;
    const home = root.home as DeviceTensor | undefined;
    if (home) return { ...home, dtype, shape };
    const buffer = buffers.get(root);
    if (!buffer) throw new RangeError(`"${label}" is made by no node`);
    return { label, dtype, shape, buffer };
  };
}
