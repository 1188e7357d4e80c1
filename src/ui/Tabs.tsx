/** The views of a demo as tabs, one shown at a time. */
import type { ReactNode } from 'react';
import { Tabs as Radix } from 'radix-ui';
import style from './Tabs.module.css';

interface TabsProps {
  readonly label: string;
  readonly tabs: readonly { readonly id: string; readonly title: string }[];
  readonly at: string;
  readonly onPick: (id: string) => void;
  readonly children: ReactNode;
}

export function Tabs({ label, tabs, at, onPick, children }: TabsProps) {
  return (
    <Radix.Root value={at} onValueChange={onPick} className={style.tabs}>
      <Radix.List aria-label={label} className={style.list}>
        {tabs.map(({ id, title }) => (
          <Radix.Trigger key={id} value={id} className={style.tab}>
            {title}
          </Radix.Trigger>
        ))}
      </Radix.List>
      <Radix.Content value={at} tabIndex={-1} className={style.panel}>
        {children}
      </Radix.Content>
    </Radix.Root>
  );
}
