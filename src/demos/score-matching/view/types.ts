/** What the pieces of the view are given. */
import type { ViewProps } from '@/ui/view';
import type { Params } from '../params';
import type { ScoreSession } from '../session';

export type View = ViewProps<Params, ScoreSession>;
export interface TabProps {
  readonly view: View;
}
