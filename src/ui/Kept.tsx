/** Keeps the height that its content had while the next is computed, so that nothing below moves. */
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Waiting } from './Waiting';

interface KeptProps {
  /** Null while it is computed. */
  readonly children: ReactNode;
}

export function Kept({ children }: KeptProps) {
  const place = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useState(0);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setHeight(entry.contentRect.height);
    });
    if (place.current) observer.observe(place.current);
    return () => observer.disconnect();
  }, []);
  return <div ref={place}>{children ?? <Waiting height={`${height}px`} />}</div>;
}
