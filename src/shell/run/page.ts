/**
 * One demo on one page. The address owns the parameters, the session owns what is on the GPU, and this store owns
 * the run: the runner's state beside undo, notices, and what the GPU doctor should look at.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { loadCpu, loadRun } from '@/demos/index';
import type { Device } from '@/gpu/device';
import type { DemoDecl } from '@/lab/demo';
import type { RunReport } from '@/lab/report';
import { Runner } from '@/lab/runner';
import { initialState, type Notice, type RunnerState } from '@/lab/runnerState';
import { defaultsOf, type FileRef, type Params } from '@/lab/schema';
import type { Context } from '@/lab/session';
import { decode } from '@/lab/url';
import { applyRules } from '@/lab/validate';
import { cpuContext } from './cpu';
import { filesOf, keep, MAX_FILE_BYTES } from './files';
import { openDevice, pool, tuner } from './gpu';
import { begin, move, redo, undo, type History } from './history';
import { keepVerified, watchTimeLeft, watchVisibility } from './watch';

export interface PageState {
  readonly run: RunnerState;
  readonly history: History;
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
  private ending = new AbortController();

  constructor(
    readonly demo: DemoDecl,
    search: string,
  ) {
    const { params, notices } = decode(demo, search);
    this.store = createStore<PageState>(() => ({
      run: initialState,
      history: begin(params),
      notices,
      device: null,
      failure: undefined,
      cpuOnly: false,
      missing: {},
      leftMs: undefined,
      opened: null,
      startedAt: new Date().toISOString(),
    }));
  }

  get params(): Params {
    return this.store.getState().history.params;
  }

  /** Opens the GPU and begins; the result ends it. React mounts a page twice: each start is a run of its own. */
  start(): () => void {
    this.restart();
    return () => this.ending.abort();
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
      );
    }
    return new Runner(this.demo, await loadRun(this.demo.slug), async (params): Promise<Context> => {
      const [device, { files }] = await Promise.all([openDevice(), filesOf(params)]);
      this.store.setState({ device });
      return { device, scope: device.root.child(this.demo.slug), pool, tuner, files };
    });
  }

  /** Moves parameters; rules between them may move others, which a notice says. */
  set = (patch: Params): void => {
    const known = Object.entries(patch).filter(([name]) => Object.hasOwn(this.demo.params, name));
    const { params, notices } = applyRules(this.demo, { ...this.params, ...Object.fromEntries(known) });
    this.go(move(this.store.getState().history, params, performance.now()), notices);
  };
  undo = (): void => this.go(undo(this.store.getState().history), []);
  redo = (): void => this.go(redo(this.store.getState().history), []);
  reset = (): void => this.set(defaultsOf(this.demo.params));

  /** Follows an address that changed otherwise: by hand, by going back. */
  adopt(search: string): void {
    const { params, notices } = decode(this.demo, search);
    this.go(move(this.store.getState().history, params, performance.now()), notices);
  }

  async takeFile(name: string, file: File): Promise<void> {
    if (file.size > MAX_FILE_BYTES) {
      const limit = `${MAX_FILE_BYTES / 2 ** 30} GiB`;
      const text = {
        en: `"${file.name}" is too large; files may be up to ${limit}`,
        zh: `“${file.name}”太大；文件最大为 ${limit}`,
      };
      this.store.setState({ notices: [{ param: name, text }] });
      return;
    }
    const ref = await keep(file);
    const before = this.params[name];
    const param = this.demo.params[name];
    this.set({ ...(param?.kind === 'file' && param.with), [name]: ref });
    // The link named this very file, and its default stood in until now.
    if (before && typeof before === 'object' && before.sha256 === ref.sha256) {
      this.runner?.restart();
      void this.noteMissing();
    }
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

  private go(history: History, notices: readonly Notice[]): void {
    this.store.setState({ history, notices });
    this.runner?.update(history.params);
    void this.noteMissing();
  }

  private async noteMissing(): Promise<void> {
    const { params } = this;
    const { missing } = await filesOf(params);
    if (this.params === params) this.store.setState({ missing });
  }
}
