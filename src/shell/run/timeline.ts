/** The parameters of a demo's page, of both sides where two are compared: what the address says, with undo. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { DemoDecl } from '@/lab/demo';
import type { Notice } from '@/lab/runnerState';
import type { Params } from '@/lab/schema';
import { decode } from '@/lab/url';
import { begin, move, redo, undo, type History, type Side } from './history';

export class Timeline {
  readonly store: StoreApi<History>;
  /** What the address said that could not be taken as it stood. */
  readonly notices: readonly Notice[];

  constructor(
    readonly demo: DemoDecl,
    search: string,
  ) {
    const { params, b, notices } = decode(demo, search);
    this.notices = notices;
    this.store = createStore<History>(() => begin({ a: params, b }));
  }

  /** Of a second side that is not there: those of the first. */
  params(side: Side): Params {
    const { a, b } = this.store.getState().sides;
    return side === 'a' ? a : (b ?? a);
  }

  move(side: Side, params: Params): void {
    this.go(side === 'a' ? { a: params } : { b: params });
  }
  undo(): void {
    this.store.setState(undo(this.store.getState()), true);
  }
  redo(): void {
    this.store.setState(redo(this.store.getState()), true);
  }

  /** Begins with the first side's parameters on both. */
  compare = (): void => this.go({ b: this.params('a') });
  endComparison = (): void => this.go({ b: undefined });

  /** Follows an address that changed otherwise: by hand, by going back. */
  adopt(search: string): readonly Notice[] {
    const { params, b, notices } = decode(this.demo, search);
    this.go({ a: params, b });
    return notices;
  }

  private go(patch: { a?: Params; b?: Params | undefined }): void {
    const now = this.store.getState();
    this.store.setState(move(now, { ...now.sides, ...patch }, performance.now()), true);
  }
}
