/** Downloads over a server that cuts, forgets, changes its file, refuses: the bytes are right or there are none. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LabError } from '@/lib/errors';
import { fileAddress, nameOf } from './address';
import { download, STALL_MS, type Bytes, type DownloadOptions, type Version } from './download';
import { memory } from './sinks';

const url = new URL('https://weights.example/a/model.safetensors');
const file = (length: number, seed = 1): Bytes =>
  Uint8Array.from({ length }, (_, i) => (i * 31 + seed) & 255);

interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Bytes;
  /** After the body: the connection breaks, or says nothing more. */
  readonly then?: 'cut' | 'silence';
}

/** Answers in turn, the last for ever; `undefined` is a network that fails. Says which ranges were asked for. */
function server(...answers: readonly (Answer | undefined)[]) {
  const asked: (string | undefined)[] = [];
  const fetch = (_: URL, init: RequestInit): Promise<Response> => {
    const answer = answers[Math.min(asked.length, answers.length - 1)];
    asked.push(new Headers(init.headers).get('range') ?? undefined);
    if (!answer) return Promise.reject(new TypeError('Failed to fetch'));
    const { status = 200, headers = {}, body = new Uint8Array(), then } = answer;
    const stream = new ReadableStream<Bytes>(
      {
        start(controller) {
          for (let at = 0; at < body.length; at += 100) controller.enqueue(body.slice(at, at + 100));
          if (!then) controller.close();
        },
        pull(controller) {
          if (then === 'cut') controller.error(new TypeError('network error'));
        },
      },
      { highWaterMark: 0 },
    );
    return Promise.resolve(new Response(stream, { status, headers }));
  };
  return { fetch, asked };
}

const whole = file(1000);
/** How a server answers that has `whole`. */
const all = (extra: Answer = {}): Answer => ({
  body: whole,
  ...extra,
  headers: { 'content-length': '1000', etag: '"1"', ...extra.headers },
});
const rest = (from: number, extra: Answer = {}): Answer => ({
  status: 206,
  body: whole.slice(from),
  ...extra,
  headers: {
    'content-length': String(1000 - from),
    'content-range': `bytes ${from}-999/1000`,
    etag: '"1"',
    ...extra.headers,
  },
});

const waits: number[] = [];
beforeEach(() => {
  waits.length = 0;
});
afterEach(() => {
  vi.useRealTimers();
});

async function load(fetch: DownloadOptions['fetch'], patch: Partial<DownloadOptions> = {}, sink = memory()) {
  const versions: Version[] = [];
  const progress: number[] = [];
  await download(url, sink, {
    signal: new AbortController().signal,
    fetch,
    most: 2000,
    wait: (ms) => {
      waits.push(ms);
      return Promise.resolve();
    },
    onVersion: (version) => {
      versions.push(version);
      return Promise.resolve();
    },
    onProgress: (received) => progress.push(received),
    ...patch,
  });
  return { bytes: await sink.bytes(), versions, progress };
}

test('a file comes whole, and its version before its bytes', async () => {
  const { fetch, asked } = server(all());
  const { bytes, versions, progress } = await load(fetch);
  expect(bytes).toEqual(whole);
  expect(asked).toEqual([undefined]);
  expect(versions).toEqual([{ total: 1000, etag: '"1"' }]);
  expect(progress).toEqual([0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000]);
});

test('a server that says no length and no version gives the whole all the same', async () => {
  expect((await load(server({ body: whole }).fetch)).bytes).toEqual(whole);
});

test('a cut connection goes on where it stopped, as often as each cut brings something', async () => {
  const cuts = Array.from({ length: 9 }, (_, i) =>
    rest(100 * (i + 1), { body: whole.slice(100 * (i + 1), 100 * (i + 2)), then: 'cut' as const }),
  );
  const { fetch, asked } = server(
    all({ body: whole.slice(0, 100), then: 'cut' }),
    ...cuts.slice(0, 8),
    rest(900),
  );
  expect((await load(fetch)).bytes).toEqual(whole);
  expect(asked).toEqual([undefined, ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => `bytes=${n}00-`)]);
});

test('an end before the length that was said is a cut', async () => {
  const { fetch, asked } = server(all({ body: whole.slice(0, 300) }), rest(300));
  expect((await load(fetch)).bytes).toEqual(whole);
  expect(asked).toEqual([undefined, 'bytes=300-']);
});

test('a server that ignores ranges begins anew', async () => {
  const { fetch, asked } = server(all({ body: whole.slice(0, 300), then: 'cut' }), all());
  expect((await load(fetch)).bytes).toEqual(whole);
  expect(asked).toEqual([undefined, 'bytes=300-']);
});

const changed = file(1000, 7);
test.each([
  ['another ETag', { etag: '"2"' }],
  ['another date', { 'last-modified': 'Sat, 28 Nov 2026 08:00:00 GMT' }],
  ['another length', { 'content-range': 'bytes 300-1199/1200', 'content-length': '900' }],
  ['another range', { 'content-range': 'bytes 200-999/1000' }],
])('a file with %s is not joined to the old one', async (_, headers) => {
  const dated = { 'last-modified': 'Fri, 27 Nov 2026 08:00:00 GMT' };
  const { fetch, asked } = server(
    all({ body: whole.slice(0, 300), then: 'cut', headers: dated }),
    rest(300, { body: changed.slice(300), headers: { ...dated, ...headers } }),
    all({ body: changed }),
  );
  expect((await load(fetch)).bytes).toEqual(changed);
  expect(asked).toEqual([undefined, 'bytes=300-', undefined]);
});

async function begun(length: number) {
  const sink = memory();
  await sink.append(whole.slice(0, length));
  return sink;
}

test('an earlier day’s part is gone on with where the server says that the file is the same', async () => {
  const { fetch, asked } = server(rest(400));
  const { bytes } = await load(fetch, { version: { total: 1000, etag: '"1"' } }, await begun(400));
  expect(bytes).toEqual(whole);
  expect(asked).toEqual(['bytes=400-']);
});

test('an earlier day’s part of a file without a version is begun anew', async () => {
  const { fetch, asked } = server(all());
  expect((await load(fetch, { version: { total: 1000 } }, await begun(400))).bytes).toEqual(whole);
  expect(asked).toEqual([undefined]);
});

test('a part that is the whole already needs no byte more; one that is too long is begun anew', async () => {
  const version = { total: 1000, etag: '"1"' };
  expect((await load(server({ status: 416 }).fetch, { version }, await begun(1000))).bytes).toEqual(whole);
  const { fetch, asked } = server({ status: 416 }, all());
  expect((await load(fetch, { version: { ...version, total: 900 } }, await begun(1000))).bytes).toEqual(
    whole,
  );
  expect(asked).toEqual(['bytes=1000-', undefined]);
});

const failure = async (
  fetch: DownloadOptions['fetch'],
  patch: Partial<DownloadOptions> = {},
  sink = memory(),
) => {
  const error: unknown = await load(fetch, patch, sink).then(
    () => 'nothing was thrown',
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(LabError);
  return error as LabError;
};

test.each([
  [404, /weights\.example answered 404: there is no such file/],
  [403, /answered 403: it is not public\. Download it yourself and drop it here/],
  [451, /answered 451: it does not give the file away/],
  [204, /answered 204/],
])('a %s is told at once', async (status, message) => {
  const asked: number[] = [];
  const fetch = (): Promise<Response> =>
    Promise.resolve(new Response(null, { status: asked.push(0) && status }));
  expect((await failure(fetch)).message).toMatch(message);
  expect(asked).toHaveLength(1);
});

test('a busy server is asked again, a few times, with longer and longer pauses', async () => {
  expect((await load(server({ status: 503 }, { status: 429 }, all()).fetch)).bytes).toEqual(whole);
  expect(waits).toEqual([1000, 2000]);
  const { fetch, asked } = server({ status: 500 });
  expect((await failure(fetch)).code).toBe('download.cut');
  expect(asked).toHaveLength(4);
});

test('no answer at all, or none that a page may read, says what to do and is not tried again', async () => {
  const { fetch, asked } = server(undefined);
  const error = await failure(fetch);
  expect(error.code).toBe('download.unreachable');
  expect(error.sentence('en')).toMatch(/CORS.*Download the file yourself and drop it here/);
  expect(error.sentence('zh')).toMatch(/CORS.*请自行下载/);
  expect(asked).toHaveLength(1);
});

test('a network that stays away keeps what came', async () => {
  const sink = memory();
  const { fetch, asked } = server(all({ body: whole.slice(0, 300), then: 'cut' }), undefined);
  const error = await failure(fetch, {}, sink);
  expect(error.message).toMatch(/broke off at 300 B of 1000 B/);
  expect(sink.size).toBe(300);
  // The first was no failure: it brought something.
  expect(asked).toHaveLength(4);
});

test('a web page is no file', async () => {
  const { fetch } = server({ body: whole, headers: { 'content-type': 'text/html; charset=utf-8' } });
  const sink = memory();
  expect((await failure(fetch, {}, sink)).code).toBe('download.page');
  expect(sink.size).toBe(0);
});

test.each([
  ['by what it says', all()],
  ['by what comes', { body: whole }],
])('a file that is too large is told %s', async (_, answer) => {
  const error = await failure(server(answer).fetch, { most: 500 });
  expect(error.code).toBe('download.large');
  expect(error.message).toMatch(/up to 500 B/);
});

test('ending it keeps what came and throws the reason', async () => {
  const ending = new AbortController();
  const sink = memory();
  const { fetch } = server(all());
  const loading = load(
    fetch,
    { signal: ending.signal, onProgress: (received) => received >= 400 && ending.abort(new Error('enough')) },
    sink,
  );
  await expect(loading).rejects.toThrow('enough');
  expect(sink.size).toBe(400);
});

test('ending it during a pause ends the pause', async () => {
  const ending = new AbortController();
  const loading = load(server({ status: 500 }).fetch, {
    signal: ending.signal,
    wait: (_, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error));
        ending.abort(new Error('enough'));
      }),
  });
  await expect(loading).rejects.toThrow('enough');
});

test('a connection that says nothing more is a cut one', async () => {
  vi.useFakeTimers();
  const { fetch, asked } = server(all({ body: whole.slice(0, 300), then: 'silence' }), rest(300));
  const loading = load(fetch);
  await vi.advanceTimersByTimeAsync(STALL_MS);
  expect((await loading).bytes).toEqual(whole);
  expect(asked).toEqual([undefined, 'bytes=300-']);
});

test('a place that takes no more bytes ends it with its own reason', async () => {
  const sink = { ...memory(), append: () => Promise.reject(new Error('full')) };
  await expect(load(server(all()).fetch, {}, sink)).rejects.toThrow('full');
});

test.each([
  ['https://a.example/w.safetensors', 'https://a.example/w.safetensors'],
  ['  a.example/w.safetensors ', 'https://a.example/w.safetensors'],
  ['https://a.example/w?x=1#part', 'https://a.example/w?x=1'],
  ['http://localhost:8000/w', 'http://localhost:8000/w'],
  ['http://127.0.0.1:4173/w', 'http://127.0.0.1:4173/w'],
  ['http://[::1]/w', 'http://[::1]/w'],
])('%s is an address', (text, href) => {
  expect(fileAddress(text).href).toBe(href);
});

test.each([
  ['http://a.example/w', 'address.scheme'],
  ['http://127.0.0.1.a.example/w', 'address.scheme'],
  ['http://localhost.a.example/w', 'address.scheme'],
  ['ftp://a.example/w', 'address.scheme'],
  ['file:///w', 'address.scheme'],
  ['data:,x', 'address.scheme'],
  ['javascript:alert(1)', 'address.scheme'],
  ['', 'address.format'],
  ['https://', 'address.format'],
  ['no address', 'address.format'],
])('"%s" is refused', (text, code) => {
  expect(() => fileAddress(text)).toThrow(expect.objectContaining({ code }));
});

test.each([
  ['https://a.example/b/w%20x.safetensors?download=true', 'w x.safetensors'],
  ['https://a.example/b/', 'b'],
  ['https://a.example', 'a.example'],
  ['https://a.example/%E0%A4%A', '%E0%A4%A'],
])('%s is called %s', (address, name) => {
  expect(nameOf(new URL(address))).toBe(name);
});
