/** The page of the bench: finds ops and peers, runs what it is asked for, answers with the document and its tables. */
import { Device } from '@/gpu/device';
import type { Environment } from '@/lab/report';
import { sentenceOf } from '@/lib/errors';
import { compete, type OpenPeer } from './compete';
import type { Expression, Library, Op, Peer, Row } from './contract';
import { markdown, rate, table, type Unrated } from './rows';

declare const __PEER_VERSIONS__: Readonly<Record<string, string>>;

const ops = import.meta.glob<Op>('./ops/*.ts', { import: 'op', eager: true });
const peers = import.meta.glob<Peer<Expression>>(['./peers/*.ts', '!./peers/{device,onnx}.ts'], {
  import: 'peer',
});

export interface Request {
  /** Names of ops, or of single tasks as in "attention.causal"; none means all. */
  readonly ops: readonly string[];
  readonly everyVariant: boolean;
}

export interface BenchDocument {
  readonly schema: 'tilewise.bench/1';
  readonly version: string;
  readonly commit: string;
  readonly startedAt: string;
  readonly environment: Environment & { readonly devices: Readonly<Record<string, readonly string[]>> };
  readonly rows: readonly Row[];
}

export interface Answer {
  readonly document: BenchDocument;
  readonly table: string;
  readonly markdown: string;
  /** Every row of ours is there and correct. */
  readonly pass: boolean;
}

const fileName = (path: string): string => path.replace(/^.*\/|\.ts$/g, '');

async function bench(request: Request): Promise<Answer> {
  const startedAt = new Date().toISOString();
  const asked = (op: string): boolean =>
    request.ops.length === 0 || request.ops.some((name) => op === name || op.startsWith(`${name}.`));
  const tasks = Object.values(ops).flatMap((op) =>
    op.tasks.filter((task) => asked(task.op)).map((task) => ({ op, task })),
  );
  if (tasks.length === 0) throw new RangeError(`no such op; there are ${names().join(', ')}`);

  const device = await Device.open(navigator.gpu);
  const devices: Record<string, readonly string[]> = {};
  const opened: Record<string, OpenPeer> = {};
  for (const [path, load] of Object.entries(peers)) {
    const peer = await load();
    let library: Promise<Library<Expression>> | undefined;
    opened[fileName(path)] = { peer, library: () => (library ??= peer.open()) };
  }
  const versions = { ...__PEER_VERSIONS__, tilewise: __TILEWISE_VERSION__ };
  const unrated: Unrated[] = [];
  for (const { op, task } of tasks) {
    const say = (line: string): void => console.info(`${task.op} ${JSON.stringify(task.shape)}: ${line}`);
    const sawDevice = (name: string, gpu: GPUDevice): void => {
      devices[name] ??= [gpu.adapterInfo.description, ...[...gpu.features].sort()].filter(Boolean);
    };
    const { everyVariant } = request;
    try {
      unrated.push(
        ...(await compete(op, task, { device, peers: opened, versions, everyVariant, say, sawDevice })),
      );
    } catch (error) {
      const note = sentenceOf(error, 'en');
      const row = {
        op: task.op,
        shape: task.shape,
        dtype: 'f32',
        contender: 'tilewise',
        version: versions.tilewise,
      };
      unrated.push({ ...row, peer: false, correct: false, relError: null, timeMs: null, note });
    }
  }
  const rows = rate(unrated);
  const { adapter, adapterKind, features, limits } = device.caps;
  const browser = navigator.userAgent.match(/(?:Chrom(?:e|ium)|Firefox)\/[\d.]+/)?.[0] ?? navigator.userAgent;
  const environment = {
    runtime: 'browser',
    browser,
    adapter,
    adapterKind,
    features: [...features],
    limits,
    devices,
  };
  const pass = unrated.every((row) => row.peer || row.correct);
  const document: BenchDocument = {
    schema: 'tilewise.bench/1',
    version: __TILEWISE_VERSION__,
    commit: __TILEWISE_COMMIT__,
    startedAt,
    environment,
    rows,
  };
  device.close();
  return { document, table: table(rows), markdown: markdown(rows), pass };
}

const names = (): string[] => [
  ...new Set(
    Object.values(ops).flatMap((op) => op.tasks.flatMap(({ op: name }) => [name.split('.')[0] ?? '', name])),
  ),
];

declare global {
  interface Window {
    bench: typeof bench;
  }
}
window.bench = bench;
