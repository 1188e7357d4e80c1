/** Tabs by the WAI-ARIA pattern: arrow keys move between them, one is in the tab order. */
import { useId, useRef, type KeyboardEvent, type ReactNode } from 'react';
import style from './view.module.css';

interface TabsProps {
  readonly label: string;
  readonly tabs: readonly { readonly id: string; readonly title: string }[];
  readonly at: string;
  readonly onPick: (id: string) => void;
  readonly children: ReactNode;
}

export function Tabs({ label, tabs, at, onPick, children }: TabsProps) {
  const base = useId();
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    const here = tabs.findIndex(({ id }) => id === at);
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: here - 1,
      ArrowRight: here + 1,
      Home: 0,
      End: tabs.length - 1,
    };
    const to = steps[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = (to + tabs.length) % tabs.length;
    onPick(tabs[next]?.id ?? at);
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[next]?.focus();
  };
  return (
    <div className={style.tabs}>
      <div ref={list} role="tablist" aria-label={label} className={style.tablist} onKeyDown={onKeyDown}>
        {tabs.map(({ id, title }) => (
          <button
            key={id}
            type="button"
            role="tab"
            id={`${base}-${id}`}
            aria-selected={id === at}
            aria-controls={`${base}-panel`}
            tabIndex={id === at ? 0 : -1}
            className={style.tab}
            onClick={() => onPick(id)}
          >
            {title}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${base}-panel`} aria-labelledby={`${base}-${at}`} className={style.panel}>
        {children}
      </div>
    </div>
  );
}
