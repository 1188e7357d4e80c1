/** The peers' expressions of an op as entrants; each peer opens its device when the first task needs it. */
import type { HostTensors } from '@/lib/tensor';
import type { Entrant, Expression, Library, Op, Peer, Task } from './contract';

const modules = import.meta.glob<Peer<Expression>>(['./peers/*.ts', '!./peers/{device,onnx}.ts'], {
  import: 'peer',
});

export interface OpenPeer {
  readonly peer: Peer<Expression>;
  readonly library: () => Promise<Library<Expression>>;
}
export type Peers = Readonly<Record<string, OpenPeer>>;

export async function findPeers(): Promise<Peers> {
  const found: Record<string, OpenPeer> = {};
  for (const [path, load] of Object.entries(modules)) {
    const peer = await load();
    let library: Promise<Library<Expression>> | undefined;
    found[path.replace(/^.*\/|\.ts$/g, '')] = { peer, library: () => (library ??= peer.open()) };
  }
  return found;
}

export function theirEntrants(
  op: Op,
  task: Task,
  inputs: HostTensors,
  peers: Peers,
  versions: Readonly<Record<string, string>>,
): Entrant[] {
  return Object.entries(op.peers).flatMap(([key, expressions]) => {
    const found = peers[key];
    if (!found) throw new RangeError(`no file peers/${key}.ts`);
    const { peer, library } = found;
    return (expressions as readonly Expression[]).map((expression) => ({
      name: `${peer.name} ${expression.name}`,
      version: versions[peer.package] ?? '',
      peer: true,
      note: expression.note ?? '',
      async open() {
        const arranged = expression.arrange?.(inputs, task) ?? inputs;
        const contender = await (await library()).prepare(expression, task, arranged);
        const { restore } = expression;
        if (!restore) return contender;
        return { ...contender, read: async () => restore(await contender.read(), task) };
      },
    }));
  });
}
