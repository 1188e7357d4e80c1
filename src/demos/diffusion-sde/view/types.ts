/** What the pieces of the view are given. */
import type { ViewProps } from '@/ui/view';
import type { Params } from '../params';
import type { SdeSession } from '../session';

export type View = ViewProps<Params, SdeSession>;
/** Where in time the view is: a level, counted from the data, and which way play goes. */
export interface Moment {
  readonly level: number;
  readonly toNoise: boolean;
  readonly set: (moved: { readonly level?: number; readonly toNoise?: boolean }) => void;
}
export interface TabProps {
  readonly view: View;
  readonly moment: Moment;
}
