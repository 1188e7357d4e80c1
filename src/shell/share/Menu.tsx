/** A button that opens a menu: arrows move in it, Escape and a click elsewhere close it. */
import type { ReactNode } from 'react';
import { DropdownMenu } from 'radix-ui';
import { Button } from '@/ui/Button';
import style from './share.module.css';

interface MenuProps {
  readonly label: string;
  readonly icon: ReactNode;
  readonly children: ReactNode;
}

export function Menu({ label, icon, children }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <Button>
          {icon}
          {label}
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className={style.panel} align="end" sideOffset={6} collisionPadding={8}>
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

interface MenuItemProps {
  readonly disabled?: boolean;
  /** The menu stays open, to show what came of it. */
  readonly stays?: boolean;
  readonly onSelect: () => void;
  readonly children: ReactNode;
}

export function MenuItem({ disabled = false, stays = false, onSelect, children }: MenuItemProps) {
  return (
    <DropdownMenu.Item
      className={style.item}
      disabled={disabled}
      onSelect={(event) => {
        if (stays) event.preventDefault();
        onSelect();
      }}
    >
      {children}
    </DropdownMenu.Item>
  );
}
