/** Stdout is for results alone, and for JSON alone with `--json`; everything else goes to stderr. */
export interface Output {
  /** Whether results are JSON. */
  readonly json: boolean;
  print(text: string): void;
  /** A note or a warning, on stderr. */
  note(text: string): void;
  /** What is going on, on stderr: one line that is overwritten on a terminal, else a line now and then. */
  progress(text: string): void;
}

export interface Streams {
  readonly out: { write(text: string): unknown };
  readonly err: { write(text: string): unknown; readonly isTTY?: boolean; readonly columns?: number };
}

/** Between lines of progress where they cannot be overwritten. */
const QUIET_MS = 5_000;

export function outputTo({ out, err }: Streams, json: boolean): Output {
  let shown = 0;
  let shownAt = -Infinity;
  const erase = (): void => {
    if (shown > 0) err.write(`\r${' '.repeat(shown)}\r`);
    shown = 0;
  };
  return {
    json,
    print(text) {
      erase();
      out.write(`${text}\n`);
    },
    note(text) {
      erase();
      err.write(`${text}\n`);
    },
    progress(text) {
      if (err.isTTY) {
        erase();
        const line = text.slice(0, (err.columns ?? 80) - 1);
        err.write(line);
        shown = line.length;
      } else if (performance.now() - shownAt > QUIET_MS) {
        err.write(`${text}\n`);
        shownAt = performance.now();
      }
    },
  };
}

export type Cell = string | number | null | undefined;

/** Columns as wide as they need be; numbers to the right. */
export function table(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const texts = rows.map((row) => header.map((_, i) => cellText(row[i])));
  const widths = header.map((name, i) => Math.max(name.length, ...texts.map((row) => row[i]!.length)));
  const right = header.map((_, i) => rows.some((row) => typeof row[i] === 'number'));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => (right[i] ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!)))
      .join('  ')
      .trimEnd();
  return [header, ...texts].map(line).join('\n');
}

/** Four significant digits, whole numbers whole. */
export function cellText(cell: Cell): string {
  if (typeof cell !== 'number') return cell ?? '';
  if (Number.isInteger(cell) && Math.abs(cell) < 1e15) return String(cell);
  const size = Math.abs(cell);
  return size >= 1e-3 && size < 1e6 ? String(Number(cell.toPrecision(4))) : cell.toExponential(2);
}
