/** The editor in the page. */
import { useEffect, useRef } from 'react';
import type { CompileError } from '@/shaders/workbench/compile';
import { Editor } from './editor';
import { useSay } from './useText';
import style from './Workbench.module.css';

interface CodeEditorProps {
  /** Told of the editor once it stands, and of its end. */
  readonly ready: (editor: Editor | null) => void;
  readonly file: string;
  /** What the file holds when it is first shown. */
  readonly text: string;
  readonly errors: readonly CompileError[];
  readonly onChange: (file: string, text: string) => void;
}

const HINT = 'workbench-keys';

export function CodeEditor({ ready, file, text, errors, onChange }: CodeEditorProps) {
  const say = useSay();
  const place = useRef<HTMLDivElement>(null);
  const editor = useRef<Editor>(null);
  const latest = useRef({ onChange, text, say });
  useEffect(() => {
    latest.current = { onChange, text, say };
  });
  useEffect(() => {
    if (!place.current) return;
    const made = new Editor(
      place.current,
      { label: (name) => `WGSL: ${name}`, leaving: () => latest.current.say('leaving'), describedBy: HINT },
      (changed, now) => latest.current.onChange(changed, now),
    );
    editor.current = made;
    ready(made);
    return () => {
      made.destroy();
      editor.current = null;
      ready(null);
    };
  }, [ready]);
  useEffect(() => {
    editor.current?.show(file, latest.current.text);
    editor.current?.mark(errors);
  }, [file, errors]);
  return (
    <>
      <div ref={place} className={style.editor} />
      <p id={HINT} className={style.small}>
        {say('keys')}
      </p>
    </>
  );
}
