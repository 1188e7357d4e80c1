/** What the pieces of the view are given. */
import type { ViewProps } from '@/ui/view';
import type { Params } from '../params';
import type { MixedPrecisionSession } from '../session';

export type View = ViewProps<Params, MixedPrecisionSession>;

export interface TabProps {
  readonly view: View;
  readonly session: MixedPrecisionSession;
  /** The step that is looked at, of those that were stored; undefined for the newest. */
  readonly at: number | undefined;
  readonly moveTo: (step: number | undefined) => void;
}
