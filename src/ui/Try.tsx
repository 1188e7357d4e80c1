/** A suggestion inside an article: moves the controls and goes back up to see what happens. */
import type { ReactNode } from 'react';
import type { Params } from '@/lab/schema';
import { useLab } from './context';
import style from './Try.module.css';

export function Try({ set, children }: { readonly set: Params; readonly children: ReactNode }) {
  const lab = useLab();
  return (
    <button
      type="button"
      className={style.try}
      onClick={() => {
        lab.set(set);
        lab.showStage();
      }}
    >
      {children}
    </button>
  );
}
