/** A short word beside a number or a title that says what kind of thing it is. */
import type { ReactNode } from 'react';
import style from './Badge.module.css';

interface BadgeProps {
  readonly tone?: 'plain' | 'good' | 'warn' | 'bad' | 'accent';
  readonly title?: string;
  readonly children: ReactNode;
}

export function Badge({ tone = 'plain', title, children }: BadgeProps) {
  return (
    <span className={`${style.badge ?? ''} ${style[tone] ?? ''}`} title={title}>
      {children}
    </span>
  );
}
