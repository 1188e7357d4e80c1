/**
 * A download that survives cut connections: it asks for the rest by a Range request (RFC 9110 §14), as long as the server
 * still has the same file. Pure: where bytes go and how they are fetched is handed in.
 */
import { LabError } from '@/lib/errors';
import type { Text } from '@/lib/text';
import { bytesText } from '@/lib/units';

export type Bytes = Uint8Array<ArrayBuffer>;

/** Where bytes go, one after the other. */
export interface Sink {
  /** What is there, of this download or of one that was broken off. */
  readonly size: number;
  append(bytes: Bytes): Promise<void>;
  /** Forgets all of it. */
  clear(): Promise<void>;
}

/** What a server says of a file: by this it is told whether the rest belongs to what is there. */
export interface Version {
  readonly total?: number | undefined;
  readonly etag?: string | undefined;
  readonly modified?: string | undefined;
}

export interface DownloadOptions {
  readonly signal: AbortSignal;
  readonly fetch: (url: URL, init: RequestInit) => Promise<Response>;
  /** Of what the sink holds already. */
  readonly version?: Version | undefined;
  /** Called before the first byte of a version is appended, so that it can be kept with them. */
  readonly onVersion: (version: Version) => Promise<void>;
  readonly onProgress: (received: number, total: number | undefined) => void;
  /** Larger files are refused. */
  readonly most: number;
  /** Waits between tries. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** Tries in a row that brought nothing new. */
const TRIES = 4;
/** No byte for so long: the connection is taken to be cut, though nobody said so. */
export const STALL_MS = 30_000;

/** Worth another try. */
class Cut extends Error {}

/** Fills the sink with the whole file; throws a `LabError`, or the signal's reason. The sink keeps what came so far. */
export async function download(url: URL, sink: Sink, options: DownloadOptions): Promise<void> {
  const { signal, wait } = options;
  let version = options.version ?? {};
  // Of an earlier day, and nothing says that the server's file is still the same.
  if (version.etag === undefined && version.modified === undefined) await sink.clear();
  let farthest = sink.size;
  for (let failures = 0; ;) {
    try {
      const complete = await attempt(url, sink, version, {
        ...options,
        onVersion: async (found) => {
          version = found;
          await options.onVersion(found);
        },
      });
      if (complete) return;
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof Cut)) throw error;
      if (sink.size > farthest) failures = 0;
      farthest = Math.max(farthest, sink.size);
      if (++failures >= TRIES) throw broken(url, sink.size, version.total);
      await wait(500 * 2 ** failures, signal);
    }
  }
}

/** False where the sink was cleared, because what it held does not go together with what the server has. */
async function attempt(url: URL, sink: Sink, version: Version, options: DownloadOptions): Promise<boolean> {
  const from = sink.size;
  const response = await ask(url, from, version, options);
  const { status } = response;
  const now = versionOf(response, from);
  if (status === 416 && from > 0) {
    if (from === version.total) return true;
    await sink.clear();
    return false;
  }
  if (status === 408 || status === 425 || status === 429 || status >= 500) throw new Cut();
  if ((status !== 200 && status !== 206) || !response.body) throw refused(url, status);
  if (/^text\/html/i.test(response.headers.get('content-type') ?? ''))
    throw new LabError('download.page', { host: url.host });
  if (from > 0 && (status === 200 || !continues(response, version, now, from))) {
    await sink.clear();
    // The whole file is under way already.
    if (status === 206) {
      await response.body.cancel();
      return false;
    }
  }
  const { most } = options;
  const size = now.total;
  if (size !== undefined && size > most)
    throw new LabError('download.large', { host: url.host, size: bytesText(size), limit: bytesText(most) });
  await options.onVersion(now);
  options.onProgress(sink.size, size);
  await drain(url, response.body, sink, size, options);
  if (size !== undefined && sink.size < size) throw new Cut();
  return true;
}

/**
 * If-Range would do the comparing at the server, but across origins it costs a preflight, which many hosts refuse; a plain
 * range needs none.
 */
async function ask(
  url: URL,
  from: number,
  version: Version,
  { fetch, signal }: DownloadOptions,
): Promise<Response> {
  try {
    return await fetch(url, {
      signal,
      // A name of the reader's own is no business of that host.
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      ...(from > 0 && { headers: { Range: `bytes=${from}-` }, cache: 'no-store' }),
    });
  } catch {
    signal.throwIfAborted();
    if (from > 0 || version.total !== undefined) throw new Cut();
    throw new LabError('download.unreachable', { host: url.host });
  }
}

async function drain(
  url: URL,
  body: ReadableStream<Bytes>,
  sink: Sink,
  total: number | undefined,
  { signal, most, onProgress }: DownloadOptions,
): Promise<void> {
  const reader = body.getReader();
  try {
    for (;;) {
      const next = await inTime(reader.read());
      signal.throwIfAborted();
      if (next.done) return;
      if (sink.size + next.value.length > most)
        throw new LabError('download.large', {
          host: url.host,
          size: `> ${bytesText(most)}`,
          limit: bytesText(most),
        });
      await sink.append(next.value);
      onProgress(sink.size, total);
    }
  } finally {
    // It may be cut already; whoever asked is told of that above.
    void reader.cancel().catch(() => undefined);
  }
}

async function inTime<T>(read: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    return await Promise.race([
      read.catch(() => {
        throw new Cut();
      }),
      new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Cut()), STALL_MS);
      }),
    ]);
  } finally {
    clearTimeout(timer);
  }
}

/** Across origins only Content-Length and Last-Modified are always shown to a page. */
function versionOf({ status, headers }: Response, from: number): Version {
  const length = headers.get('content-length');
  const rest = length === null ? undefined : Number(length);
  const [, whole] = /\/(\d+)$/.exec(headers.get('content-range') ?? '') ?? [];
  return {
    total: whole === undefined ? rest && rest + (status === 206 ? from : 0) : Number(whole),
    etag: headers.get('etag') ?? undefined,
    modified: headers.get('last-modified') ?? undefined,
  };
}

function continues({ headers }: Response, before: Version, now: Version, from: number): boolean {
  const [, begins] = /^bytes (\d+)-/.exec(headers.get('content-range') ?? '') ?? [];
  if (begins !== undefined && Number(begins) !== from) return false;
  return (['etag', 'modified', 'total'] as const).every(
    (key) => before[key] === undefined || now[key] === undefined || before[key] === now[key],
  );
}

const broken = (url: URL, received: number, total: number | undefined): LabError =>
  new LabError('download.cut', {
    host: url.host,
    received: bytesText(received),
    total: total === undefined ? '?' : bytesText(total),
  });

function refused(url: URL, status: number): LabError {
  const meaning: Text =
    status === 404 || status === 410
      ? { en: 'there is no such file. Look at the address again', zh: '没有这个文件。请检查地址' }
      : status === 401 || status === 403
        ? {
            en: 'it is not public. Download it yourself and drop it here',
            zh: '该文件未公开。请自行下载，再拖放到这里',
          }
        : {
            en: 'it does not give the file away. Download it yourself and drop it here',
            zh: '无法取得文件。请自行下载，再拖放到这里',
          };
  return new LabError('download.status', { host: url.host, status, meaning });
}
