/** One number with its name, its unit in the value, and whatever must stand beside it (a badge, a spread). */
import type { ReactNode } from 'react';
import style from './Stat.module.css';

interface StatProps {
  readonly label: string;
  readonly value: string;
  readonly detail?: ReactNode;
}

export function Stat({ label, value, detail }: StatProps) {
  return (
    <div className={style.stat}>
      <dt>{label}</dt>
      <dd>
        <span className={style.value}>{value}</span>
        {detail !== undefined && <span className={style.detail}>{detail}</span>}
      </dd>
    </div>
  );
}

export const Stats = ({ children }: { readonly children: ReactNode }) => (
  <dl className={style.stats}>{children}</dl>
);
