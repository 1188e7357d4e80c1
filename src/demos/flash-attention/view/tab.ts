/** What every tab gets: the page's view and what was picked in it. */
import type { ViewProps } from '@/ui/view';
import type { CpuSession } from '../cpu';
import type { Params } from '../params';
import type { FlashSession } from '../session';

/** On a GPU, or where there is none on the CPU: then there is no kernel whose inside could be shown. */
export type View = ViewProps<Params, FlashSession | CpuSession>;

/** What the tabs share: the head and the query row that were picked. */
export interface Picked {
  /** b·H + h. */
  readonly head: number;
  readonly row: number;
}

export interface TabProps {
  readonly view: View;
  readonly picked: Picked;
  readonly pick: (patch: Partial<Picked>) => void;
}
