/** Takes a file by drop, by click or by keyboard, and says which it holds. */
import { useId, useState, type ReactNode } from 'react';
import style from './DropZone.module.css';

interface DropZoneProps {
  /** As in `<input accept>`. */
  readonly accept: string;
  readonly label: string;
  readonly onFile: (file: File) => void;
  readonly children: ReactNode;
}

export function DropZone({ accept, label, onFile, children }: DropZoneProps) {
  const id = useId();
  const [over, setOver] = useState(false);
  return (
    <label
      htmlFor={id}
      className={`${style.zone ?? ''} ${over ? (style.over ?? '') : ''}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const file = event.dataTransfer.files[0];
        if (file) onFile(file);
      }}
    >
      <input
        id={id}
        type="file"
        accept={accept}
        aria-label={label}
        className="visually-hidden"
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) onFile(file);
          // The same file can be chosen again.
          event.target.value = '';
        }}
      />
      {children}
    </label>
  );
}
