/** A button that opens a small panel; Escape and a click elsewhere close it. */
import type { ReactNode } from 'react';
import { Popover } from 'radix-ui';
import { Button } from '@/ui/Button';
import style from './share.module.css';

interface MenuProps {
  readonly label: string;
  readonly icon: ReactNode;
  readonly children: ReactNode;
}

export function Menu({ label, icon, children }: MenuProps) {
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <Button>
          {icon}
          {label}
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className={style.panel}
          align="end"
          sideOffset={6}
          collisionPadding={8}
          aria-label={label}
        >
          {children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
