/** What the pieces of the view are given. */
import type { ViewProps } from '@/ui/view';
import type { Params } from '../params';
import type { Shown } from '../session';

export type View = ViewProps<Params, Shown>;

export interface TabProps {
  readonly view: View;
  /** First sample that is drawn step by step. */
  readonly place: number;
  readonly move: (place: number) => void;
}
