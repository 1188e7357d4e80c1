/** What the pieces of the view are given. */
import type { ViewProps } from '@/ui/view';
import type { Params } from '../params';
import type { ProductSession } from '../product';

/** On a GPU, or where there is none on the CPU. */
export type View = ViewProps<Params, ProductSession>;
export interface TabProps {
  readonly view: View;
}
