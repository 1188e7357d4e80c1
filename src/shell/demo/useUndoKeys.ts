/** Ctrl+Z and Ctrl+Shift+Z (or Ctrl+Y) move through the parameters; text fields keep their own undo. */
import { useEffect } from 'react';
import { usePage } from '../run/usePage';
import { isText } from './isText';

export function useUndoKeys(): void {
  const page = usePage();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || isText(event.target)) return;
      const key = event.key.toLowerCase();
      const redo = key === 'y' || (key === 'z' && event.shiftKey);
      if (!redo && key !== 'z') return;
      event.preventDefault();
      if (redo) page.redo();
      else page.undo();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [page]);
}
