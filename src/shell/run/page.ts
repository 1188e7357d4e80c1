/**
 * One running demo on a page, or one side of two that are compared. The timeline owns the parameters, the session
 * what is on the GPU, and this store the run: the runner's state, notices, and what the GPU doctor should look at.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { loadAdmit, loadCpu, loadRun } from '@/demos/index';
import type { Device } from '@/gpu/device';
import type { DemoDecl } from '@/lab/demo';
import type { RunReport } from '@/lab/report';
import { Runner } from '@/lab/runner';
import { initialState, type Notice, type RunnerState } from '@/lab/runnerState';
import { defaultsOf, type FileRef, type Params, type Value } from '@/lab/schema';
import type { Context } from '@/lab/session';
import { textOf } from '@/lib/errors';
import type { Text } from '@/lib/text';
import { applyRules } from '@/lab/validate';
import { cpuContext } from './cpu';
import { filesOf, find, keep, MAX_FILE_BYTES, type Bytes } from './files';
import { openDevice, pool, tuner, turns } from './gpu';
import type { Side } from './history';
import { Loads } from './loads';
import { shipped } from './shipped';
import type { Timeline } from './timeline';
import { keepVerified, watchTimeLeft, watchVisibility } from './watch';

export interface PageState {
  readonly run: RunnerState;
  /** What the link, a file or a rule between parameters changed. */
  readonly notices: readonly Notice[];
  readonly device: Device | null;
  /** Why nothing runs on a GPU, or why the demo could not be loaded. */
  readonly failure: unknown;
  /** Without a GPU: on the demo's CPU side, where it has one. */
  readonly cpuOnly: boolean;
  /** Files that the link names and this browser does not hold. */
  readonly missing: Readonly<Record<string, FileRef>>;
  /** What a sweep still takes, roughly. */
  readonly leftMs: number | undefined;
  readonly opened: RunReport | null;
  readonly startedAt: string;
}

export class Page {
  readonly store: StoreApi<PageState>;
  /** Null until it is ready, and where there is neither a GPU nor a CPU side. */
  runner: Runner | null = null;
  readonly loads = new Loads((param, bytes, file) => this.takeBytes(param, bytes, file));
  private ending = new AbortController();

  constructor(
    readonly timeline: Timeline,
    readonly side: Side,
  ) {
    this.store = createStore<PageState>(() => ({
      run: initialState,
      notices: side === 'a' ? timeline.notices : [],
      device: null,
      failure: undefined,
      cpuOnly: false,
      missing: {},
      leftMs: undefined,
      opened: null,
      startedAt: new Date().toISOString(),
    }));
  }

  get demo(): DemoDecl {
    return this.timeline.demo;
  }

  get params(): Params {
    return this.timeline.params(this.side);
  }

  /** What a control goes back to, and what it is marked as different from. */
  get base(): Params {
    return this.side === 'a' ? defaultsOf(this.demo.params) : this.timeline.params('a');
  }

  /** Opens the GPU and begins; the result ends it. React mounts a page twice: each start is a run of its own. */
  start(): () => void {
    this.restart();
    return () => {
      this.ending.abort();
      this.loads.stopAll();
    };
  }

  private restart(): void {
    this.ending.abort();
    this.ending = new AbortController();
    void this.begin(this.ending.signal);
  }

  /** Looks for a GPU again, or runs again what failed. */
  again(): void {
    if (this.runner && this.store.getState().failure === undefined) this.runner.restart();
    else this.restart();
  }

  private async begin(signal: AbortSignal): Promise<void> {
    this.store.setState({ failure: undefined, cpuOnly: false, device: null, run: initialState });
    let runner: Runner | null;
    try {
      runner = await this.prepare(signal);
    } catch (failure) {
      if (!signal.aborted) this.store.setState({ failure });
      return;
    }
    if (signal.aborted || !runner) return;
    const running = runner;
    this.runner = running;
    const show = (): void => this.store.setState({ run: running.state });
    const ends = [
      running.subscribe(show),
      this.followTimeline(running),
      keepVerified(running),
      watchVisibility(running),
      watchTimeLeft(running, (leftMs) => this.store.setState({ leftMs })),
    ];
    signal.addEventListener('abort', () => {
      for (const end of ends) end();
      if (this.runner === running) this.runner = null;
      void running.close();
    });
    void this.noteMissing();
    running.start(this.params).catch(() => undefined);
  }

  private followTimeline(runner: Runner): () => void {
    let { params } = this;
    return this.timeline.store.subscribe(() => {
      if (this.params === params) return;
      params = this.params;
      runner.update(params);
      void this.noteMissing();
    });
  }

  private async prepare(signal: AbortSignal): Promise<Runner | null> {
    try {
      const device = await openDevice();
      if (!signal.aborted) this.store.setState({ device });
    } catch (failure) {
      if (!signal.aborted) this.store.setState({ failure, cpuOnly: true });
      const createCpu = await loadCpu(this.demo.slug);
      if (!createCpu) return null;
      return new Runner(
        this.demo,
        ({ files }, params, aborted) => createCpu({ pool, files }, params, aborted),
        async (params) => cpuContext((await filesOf(params)).files),
        turns,
      );
    }
    const open = async (params: Params): Promise<Context> => {
      const [device, { files }] = await Promise.all([openDevice(), filesOf(params)]);
      this.store.setState({ device });
      return { device, scope: device.root.child(this.demo.slug), pool, tuner, files, shipped };
    };
    return new Runner(this.demo, await loadRun(this.demo.slug), open, turns);
  }

  /** Moves parameters; rules between them may move others, which a notice says. */
  set = (patch: Params): void => {
    const known = Object.entries(patch).filter(([name]) => Object.hasOwn(this.demo.params, name));
    const { params, notices } = applyRules(this.demo, { ...this.params, ...Object.fromEntries(known) });
    this.store.setState({ notices });
    this.timeline.move(this.side, params);
  };
  /** Moves one parameter by hand, and with it those that it needs moved to have its effect. */
  change(name: string, value: Value): void {
    this.set({ ...this.demo.params[name]?.with?.(this.params), [name]: value });
  }
  undo = (): void => this.timeline.undo();
  redo = (): void => this.timeline.redo();
  reset = (): void => this.set(this.base);

  /** Follows an address that changed otherwise: by hand, by going back. */
  adopt(search: string): void {
    this.store.setState({ notices: this.timeline.adopt(search) });
  }

  async takeFile(name: string, file: File): Promise<void> {
    if (file.size <= MAX_FILE_BYTES)
      return this.takeBytes(name, new Uint8Array(await file.arrayBuffer()), file.name);
    const limit = `${MAX_FILE_BYTES / 2 ** 30} GiB`;
    this.say(name, {
      en: `"${file.name}" is too large; files may be up to ${limit}`,
      zh: `“${file.name}”太大；文件最大为 ${limit}`,
    });
  }

  /** Takes a whole file for a parameter, if the demo can make of it what it should. */
  async takeBytes(name: string, bytes: Bytes, file: string): Promise<void> {
    const admit = await loadAdmit(this.demo.slug);
    try {
      await admit?.(name, bytes, { name: file });
    } catch (error) {
      this.say(name, textOf(error));
      return;
    }
    const ref = await keep(file, bytes);
    const before = this.params[name];
    this.change(name, ref);
    // The link named this very file, and its default stood in until now.
    if (before && typeof before === 'object' && before.sha256 === ref.sha256) {
      this.runner?.restart();
      void this.noteMissing();
    }
  }

  /** Takes a file that this browser holds already. */
  async takeStored(name: string, ref: FileRef): Promise<void> {
    const bytes = await find(ref);
    if (bytes) await this.takeBytes(name, bytes, ref.name);
  }

  /** In place of what was said before. */
  private say(param: string, text: Text): void {
    this.store.setState({ notices: [{ param, text }] });
  }

  /** Shows a report as it was made and runs the demo at its parameters. */
  openReport(opened: RunReport, params: Params): void {
    this.set({ ...defaultsOf(this.demo.params), ...params });
    this.store.setState({ opened });
  }

  dismiss(notice: Notice): void {
    this.store.setState(({ notices }) => ({ notices: notices.filter((other) => other !== notice) }));
    this.runner?.dismiss(notice);
  }

  private async noteMissing(): Promise<void> {
    const { params } = this;
    const { missing, damaged } = await filesOf(params);
    if (this.params !== params) return;
    const told = this.store.getState().notices;
    const news = damaged
      .map((param): Notice => ({ param, text: damagedPayload }))
      .filter(
        ({ param }) => !told.some((notice) => notice.param === param && notice.text === damagedPayload),
      );
    this.store.setState({ missing, notices: [...told, ...news] });
  }
}

const damagedPayload: Text = {
  en: 'the data that this link carries is damaged or too long; the default is shown',
  zh: '链接中携带的数据已损坏或过长，现显示默认输入',
};
