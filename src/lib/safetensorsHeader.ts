/**
 * The JSON header of a safetensors file, read by its own small grammar: `JSON.parse` would take the last of two
 * equal names in silence, and would build whatever a hostile file describes.
 */
export interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly offsets: readonly [number, number];
}

export interface Header {
  readonly entries: ReadonlyMap<string, Entry>;
  readonly metadata: ReadonlyMap<string, string>;
}

export function parseHeader(text: string, fail: (reason: string) => never): Header {
  const scan = new Scanner(text, fail);
  const entries = new Map<string, Entry>();
  let metadata: ReadonlyMap<string, string> | undefined;
  scan.object('header', (name) => {
    if (name === '__metadata__') {
      if (metadata) scan.fail('the name "__metadata__" appears twice');
      const found = new Map<string, string>();
      scan.object('__metadata__', (key) => {
        if (found.has(key)) scan.fail(`__metadata__ holds ${scan.quote(key)} twice`);
        found.set(key, scan.string('a value of __metadata__'));
      });
      metadata = found;
      return;
    }
    if (entries.has(name)) scan.fail(`the name ${scan.quote(name)} appears twice`);
    entries.set(name, entry(scan, name));
  });
  scan.end();
  return { entries, metadata: metadata ?? new Map() };
}

function entry(scan: Scanner, name: string): Entry {
  let dtype: string | undefined;
  let shape: number[] | undefined;
  let offsets: number[] | undefined;
  const of = ` of ${scan.quote(name)}`;
  scan.object(`entry${of}`, (field) => {
    const twice = (): never => scan.fail(`${field}${of} appears twice`);
    if (field === 'dtype') dtype = dtype === undefined ? scan.string(`dtype${of}`) : twice();
    else if (field === 'shape') shape = shape === undefined ? scan.numbers(`shape${of}`) : twice();
    else if (field === 'data_offsets')
      offsets = offsets === undefined ? scan.numbers(`data_offsets${of}`) : twice();
    else scan.fail(`field ${scan.quote(field)}${of} is not known; allowed: dtype, shape, data_offsets`);
  });
  if (dtype === undefined) scan.fail(`dtype${of} is missing`);
  if (shape === undefined) scan.fail(`shape${of} is missing`);
  if (offsets === undefined) scan.fail(`data_offsets${of} is missing`);
  const [start, end] = offsets;
  if (start === undefined || end === undefined || offsets.length !== 2) {
    scan.fail(`data_offsets${of}: ${offsets.length} numbers, two are needed`);
  }
  return { dtype, shape, offsets: [start, end] };
}

class Scanner {
  private at = 0;

  constructor(
    private readonly text: string,
    /** Annotated as a method that never returns, so that callers narrow after it. */
    readonly fail: (reason: string) => never,
  ) {}

  quote(name: string): string {
    return JSON.stringify(name.length > 60 ? `${name.slice(0, 60)}…` : name);
  }

  /** `{ "key": value, … }`; `member` reads the value. */
  object(what: string, member: (key: string) => void): void {
    this.expect('{', what);
    if (this.take('}')) return;
    do {
      const key = this.string(`a name in ${what}`);
      this.expect(':', what);
      member(key);
    } while (this.take(','));
    this.expect('}', what);
  }

  /** `[0, 1, …]`: whole numbers that a double holds exactly. */
  numbers(what: string): number[] {
    const found: number[] = [];
    this.expect('[', what);
    if (this.take(']')) return found;
    do {
      this.space();
      const start = this.at;
      while (isDigit(this.text.charCodeAt(this.at))) this.at++;
      const digits = this.text.slice(start, Math.min(this.at, start + 20));
      const value = Number(digits);
      const next = this.text[this.at] ?? '';
      if (digits === '' || (digits.length > 1 && digits.startsWith('0')) || !/^[\s,\]]?$/.test(next)) {
        this.fail(`${what}: only whole numbers from 0 are allowed, at character ${start}`);
      }
      if (value > Number.MAX_SAFE_INTEGER) this.fail(`${what}: ${digits} is too large`);
      found.push(value);
    } while (this.take(','));
    this.expect(']', what);
    return found;
  }

  string(what: string): string {
    this.expect('"', what);
    const start = this.at;
    let escaped = false;
    for (; ; this.at++) {
      const code = this.text.charCodeAt(this.at);
      if (Number.isNaN(code)) this.fail(`header: ends inside ${what}`);
      if (escaped) escaped = false;
      else if (code === 0x5c) escaped = true;
      else if (code === 0x22) break;
    }
    const raw = this.text.slice(start - 1, ++this.at);
    try {
      return JSON.parse(raw) as string;
    } catch {
      return this.fail(`header: ${what} is not a valid JSON string, at character ${start}`);
    }
  }

  end(): void {
    this.space();
    if (this.at < this.text.length) this.fail(`header: something follows its end, at character ${this.at}`);
  }

  private expect(char: string, what: string): void {
    if (!this.take(char)) this.fail(`${what}: "${char}" is missing at character ${this.at} of the header`);
  }

  private take(char: string): boolean {
    this.space();
    if (this.text[this.at] !== char) return false;
    this.at++;
    return true;
  }

  private space(): void {
    while (isSpace(this.text.charCodeAt(this.at))) this.at++;
  }
}

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;
const isSpace = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
