/** What the pieces of the view are given. */
import type { Session } from '@/lab/session';
import type { ViewProps } from '@/ui/view';
import type { Params } from '../params';

/** What is shown decides which session there is. */
export type View = ViewProps<Params, Session<Params>>;
export interface TabProps {
  readonly view: View;
}
