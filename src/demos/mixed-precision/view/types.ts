/** What the pieces of the view are given. */
import type { ViewProps } from '@/ui/view';
import type { Params } from '../params';
import type { Shown } from '../shown';

export type View = ViewProps<Params, Shown>;

export interface TabProps {
  readonly view: View;
  readonly session: Shown;
  /** The step that is looked at, of those that were stored; undefined for the newest. */
  readonly at: number | undefined;
  readonly moveTo: (step: number | undefined) => void;
}
