/** A short formula in a line: `_x` and `^x` set x low and high, braces hold more than a word. */
import { Fragment, type ReactNode } from 'react';

const mark = /([_^])(\{[^}]*\}|[\p{L}\d]+)/u;

export function Formula({ children }: { readonly children: string }): ReactNode {
  const parts = children.split(mark);
  return parts.map((part, i) => {
    // Of each three: plain text, the mark, what it marks.
    if (i % 3 === 0) return <Fragment key={i}>{part}</Fragment>;
    if (i % 3 === 1) return null;
    const inner = <Formula>{part.replace(/^\{(.*)\}$/, '$1')}</Formula>;
    return parts[i - 1] === '_' ? <sub key={i}>{inner}</sub> : <sup key={i}>{inner}</sup>;
  });
}
