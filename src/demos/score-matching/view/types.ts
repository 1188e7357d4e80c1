/** What the pieces of the view are given. */
import type { ViewProps } from '@/ui/view';
import type { Params } from '../params';
import type { Shown } from '../shown';

export type View = ViewProps<Params, Shown>;
export interface TabProps {
  readonly view: View;
}
