/**
 * Where the tensors of a graph live. A tensor takes memory from the node that makes it to the last node that reads it;
 * before and afterwards other tensors may have it. The largest is placed first, each in the smallest buffer that is
 * free for as long as it lives (Pisarchyk & Lee 2020, "Greedy by Size" for shared objects): parts of one buffer would
 * do with less, but WebGPU lets no dispatch read and write the same buffer.
 */
import { ownBytes, type DeviceTensor, type Scope } from '@/gpu/scope';
import { Tensor, type Node } from './graph';

/** Whose memory a tensor is in: that of the tensor it is a view of, if any. */
function rootOf(t: Tensor): Tensor {
  return t.home instanceof Tensor ? rootOf(t.home) : t;
}

interface Room {
  readonly label: string;
  readonly bytes: number;
}

export interface Plan {
  readonly rooms: readonly Room[];
  /** The room of each tensor that a node makes in memory of its own. */
  readonly of: ReadonlyMap<Tensor, Room>;
}

/** From the node that makes a tensor to the last that reads it. */
interface Life {
  readonly first: number;
  last: number;
}

function livesOf(nodes: readonly Node[]): Map<Tensor, Life> {
  const lives = new Map<Tensor, Life>();
  nodes.forEach(({ inputs, outputs }, i) => {
    for (const t of Object.values(outputs)) {
      const root = rootOf(t);
      if (!root.home && !lives.has(root)) lives.set(root, { first: i, last: i });
    }
    for (const t of [...Object.values(inputs), ...Object.values(outputs)]) {
      const life = lives.get(rootOf(t));
      if (life) life.last = t.kept ? Infinity : Math.max(i, life.last);
    }
  });
  return lives;
}

/** Decided before any memory is taken. */
export function plan(nodes: readonly Node[]): Plan {
  const lives = [...livesOf(nodes)].sort(([a], [b]) => ownBytes(b) - ownBytes(a));
  const rooms: { readonly room: Room; readonly taken: Life[] }[] = [];
  const of = new Map<Tensor, Room>();
  for (const [t, life] of lives) {
    const isFree = ({ taken }: (typeof rooms)[number]): boolean =>
      taken.every(({ first, last }) => last < life.first || life.last < first);
    // Rooms are ordered by size, the largest first, as tensors are: the last that is free is the smallest.
    let found = rooms.findLast(isFree);
    if (!found) {
      found = { room: { label: t.label, bytes: ownBytes(t) }, taken: [] };
      rooms.push(found);
    }
    found.taken.push(life);
    of.set(t, found.room);
  }
  return { rooms: rooms.map(({ room }) => room), of };
}

/** Bytes of what a graph makes: in shared memory, and if every tensor had memory of its own. */
export function bytesOf({ rooms, of }: Plan): { readonly shared: number; readonly apart: number } {
  const sum = (bytes: Iterable<number>): number => [...bytes].reduce((a, b) => a + b, 0);
  return { shared: sum(rooms.map(({ bytes }) => bytes)), apart: sum([...of.keys()].map(ownBytes)) };
}

/** Bytes of the tensors that are alive while each node runs: what it reads, what it makes, what is still to be read. */
export function aliveBytes(nodes: readonly Node[]): number[] {
  const lives = [...livesOf(nodes)];
  return nodes.map((_, i) =>
    lives.reduce((sum, [t, { first, last }]) => sum + (first <= i && i <= last ? ownBytes(t) : 0), 0),
  );
}

/** Allocates from `scope`; the answer gives the memory of any tensor of the graph, under the tensor's own shape. */
export function place(nodes: readonly Node[], scope: Scope): (t: Tensor) => DeviceTensor {
  const { rooms, of } = plan(nodes);
  const buffers = new Map(rooms.map((room) => [room, scope.buffer(room.label, room.bytes)]));
  return (t) => {
    const root = rootOf(t);
    const { dtype, shape, label } = t;
    const home = root.home as DeviceTensor | undefined;
    if (home) return { ...home, dtype, shape };
    const room = of.get(root);
    if (!room) throw new RangeError(`"${label}" is made by no node`);
    return { label, dtype, shape, buffer: buffers.get(room)! };
  };
}
