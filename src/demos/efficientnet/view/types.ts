/** What the pieces of the view are given. */
import type { ViewProps } from '@/ui/view';
import type { CpuEfficientNetSession } from '../cpu';
import type { Params } from '../params';
import type { EfficientNetSession } from '../session';

export type View = ViewProps<Params, EfficientNetSession | CpuEfficientNetSession>;
export interface TabProps {
  readonly view: View;
}
