/** The editor over several files (CodeMirror): each with its own undo history, errors on their lines. */
import { defaultKeymap, history, historyKeymap, indentWithTab, redo, undo } from '@codemirror/commands';
import { bracketMatching, HighlightStyle, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, lintKeymap, setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { EditorState, type Extension } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { CompileError } from '@/shaders/workbench/compile';
import { wgsl } from './wgsl';

const colours = HighlightStyle.define([
  { tag: tags.comment, color: 'var(--ink-soft)', fontStyle: 'italic' },
  { tag: tags.keyword, color: 'light-dark(#a3266b, #f092c4)' },
  { tag: tags.typeName, color: 'light-dark(#0062a3, #6cb8ee)' },
  { tag: tags.number, color: 'light-dark(#8a5300, #f0b155)' },
  { tag: tags.atom, color: 'light-dark(#8a5300, #f0b155)' },
  { tag: tags.meta, color: 'light-dark(#00694d, #4cc9a0)' },
  { tag: tags.function(tags.variableName), color: 'light-dark(#5b3fa8, #b9a5f5)' },
]);

const look = EditorView.theme({
  '&': { height: '100%', fontSize: '0.8125rem', background: 'var(--surface)', color: 'var(--ink)' },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: 'var(--font-mono)', lineHeight: '1.5' },
  '.cm-content': { caretColor: 'var(--ink)' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '.cm-gutters': {
    background: 'var(--surface)',
    color: 'var(--ink-soft)',
    borderRight: '1px solid var(--line)',
  },
  '.cm-activeLine, .cm-activeLineGutter': { background: 'color-mix(in srgb, var(--ink) 5%, transparent)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    background: 'color-mix(in srgb, var(--accent) 28%, transparent)',
  },
  '.cm-tooltip': { background: 'var(--raised)', color: 'var(--ink)', border: '1px solid var(--line)' },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--bad)' },
});

export interface EditorTexts {
  readonly label: (file: string) => string;
  /** Said when Escape is pressed. */
  readonly leaving: () => string;
  readonly describedBy: string;
}

export class Editor {
  private readonly view: EditorView;
  private readonly states = new Map<string, EditorState>();
  private file = '';

  constructor(
    parent: HTMLElement,
    private readonly texts: EditorTexts,
    private readonly changed: (file: string, text: string) => void,
  ) {
    this.view = new EditorView({ parent });
  }

  /** Shows `file`, which holds `text` when it is first shown. */
  show(file: string, text: string): void {
    if (this.file === file) return;
    if (this.file !== '') this.states.set(this.file, this.view.state);
    this.file = file;
    this.view.setState(this.states.get(file) ?? this.create(file, text));
  }

  /** Puts texts in place of those of their files; undo takes it back. */
  restore(texts: Readonly<Record<string, string>>): void {
    for (const [file, text] of Object.entries(texts)) {
      if (file === this.file) {
        this.view.dispatch({
          changes: { from: 0, to: this.view.state.doc.length, insert: text },
          userEvent: 'input.restore',
        });
        continue;
      }
      const state = this.states.get(file);
      if (state)
        this.states.set(
          file,
          state.update({ changes: { from: 0, to: state.doc.length, insert: text } }).state,
        );
      this.changed(file, text);
    }
  }

  undo(): void {
    undo(this.view);
  }

  redo(): void {
    redo(this.view);
  }

  mark(errors: readonly CompileError[]): void {
    const { doc } = this.view.state;
    const found = errors
      .filter(({ file }) => file === this.file)
      .map(({ line, column, length, message }): Diagnostic => {
        const at = doc.line(Math.min(Math.max(1, line), doc.lines));
        const from = Math.min(at.to, at.from + Math.max(0, column - 1));
        const to = Math.min(at.to, from + Math.max(1, length));
        return { from, to, severity: 'error', message };
      });
    this.view.dispatch(setDiagnostics(this.view.state, found));
  }

  goTo(line: number): void {
    const { doc } = this.view.state;
    const { from } = doc.line(Math.min(Math.max(1, line), doc.lines));
    this.view.dispatch({
      selection: { anchor: from },
      effects: EditorView.scrollIntoView(from, { y: 'center' }),
    });
    this.view.focus();
  }

  destroy(): void {
    this.view.destroy();
  }

  private create(file: string, doc: string): EditorState {
    const extensions: Extension[] = [
      lineNumbers(),
      lintGutter(),
      highlightActiveLine(),
      highlightActiveLineGutter(),
      drawSelection(),
      history(),
      bracketMatching(),
      indentUnit.of('  '),
      EditorState.tabSize.of(2),
      wgsl,
      syntaxHighlighting(colours),
      look,
      keymap.of([
        {
          key: 'Escape',
          // Says how to go on; Escape itself makes the next Tab move the focus.
          run: (view) => {
            view.dispatch({ effects: EditorView.announce.of(this.texts.leaving()) });
            return false;
          },
        },
        ...defaultKeymap,
        ...historyKeymap,
        ...lintKeymap,
        indentWithTab,
      ]),
      EditorView.contentAttributes.of({
        'aria-label': this.texts.label(file),
        'aria-describedby': this.texts.describedBy,
        spellcheck: 'false',
        tabindex: '0',
        autocapitalize: 'off',
      }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) this.changed(this.file, update.state.doc.toString());
      }),
    ];
    return EditorState.create({ doc, extensions });
  }
}
