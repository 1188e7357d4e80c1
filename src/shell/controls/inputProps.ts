import type { Param, Value } from '@/lab/schema';

/** What every kind of control gets. */
export interface InputProps<P extends Param, V extends Value> {
  readonly id: string;
  /** The element that explains it, for a screen reader. */
  readonly helpId: string | undefined;
  readonly label: string;
  readonly name: string;
  readonly param: P;
  readonly value: V;
  readonly set: (value: V) => void;
}
