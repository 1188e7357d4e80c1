/** What the pieces of the view are given. */
import type { ViewProps } from '@/ui/view';
import type { Params } from '../params';
import type { CpuEdmSession } from '../cpu';
import type { EdmSession } from '../session';

export type View = ViewProps<Params, EdmSession | CpuEdmSession>;
export interface TabProps {
  readonly view: View;
}
