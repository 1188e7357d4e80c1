/** A button; `quiet` ones carry only a symbol and show their name as a hint. */
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import style from './Button.module.css';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: 'plain' | 'primary' | 'quiet';
  /** The accessible name where the content is a symbol. */
  readonly name?: string;
  readonly ref?: Ref<HTMLButtonElement>;
  readonly children: ReactNode;
}

export function Button({ look = 'plain', name, title, className, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      className={[style.button, style[look], className].filter(Boolean).join(' ')}
      aria-label={name}
      title={title ?? name}
      {...rest}
    />
  );
}
