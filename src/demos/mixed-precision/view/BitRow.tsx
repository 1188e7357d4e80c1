/** The bits of one format as switches, and what they mean: value, neighbours, rounding error. */
import { useRef, useState, type KeyboardEvent } from 'react';
import type { Text } from '@/lib/text';
import {
  bitFormats,
  decode,
  kindOf,
  neighbours,
  ulpOf,
  widthOf,
  type BitFormatName,
  type Kind,
} from '../formats';
import style from './formats.module.css';

const kinds: Readonly<Record<Kind, Text>> = {
  zero: { en: 'zero', zh: '零' },
  subnormal: { en: 'subnormal', zh: '非规格化数' },
  normal: { en: 'normal', zh: '规格化数' },
  infinite: { en: 'infinite', zh: '无穷大' },
  nan: { en: 'not a number', zh: '非数' },
};
const parts = {
  sign: { en: 'sign', zh: '符号' },
  exponent: { en: 'exponent', zh: '指数' },
  mantissa: { en: 'mantissa', zh: '尾数' },
} as const satisfies Record<string, Text>;

interface BitRowProps {
  readonly name: BitFormatName;
  readonly bits: bigint;
  /** What was typed or turned, before it was rounded to this format. */
  readonly value: number;
  readonly onTurn: (bits: bigint) => void;
  readonly t: (text: Text) => string;
}

export function BitRow({ name, bits, value, onTurn, t }: BitRowProps) {
  const format = bitFormats[name];
  const width = widthOf(format);
  const [at, setAt] = useState(0);
  const group = useRef<HTMLDivElement>(null);
  const partOf = (i: number): keyof typeof parts =>
    i === 0 ? 'sign' : i <= format.exponent ? 'exponent' : 'mantissa';
  const move = (event: KeyboardEvent): void => {
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: width - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = Math.min(width - 1, Math.max(0, to));
    setAt(next);
    group.current?.querySelectorAll('button')[next]?.focus();
  };
  const stored = decode(bits, format);
  return (
    <section className={style.format} aria-label={format.name}>
      <h3>
        {format.name}
        <small>
          {`1 + ${format.exponent} + ${format.mantissa}`} {t({ en: 'bits', zh: '位' })} ·{' '}
          {t(kinds[kindOf(stored, format)])}
        </small>
      </h3>
      <div
        className={style.bits}
        ref={group}
        role="group"
        aria-label={t({ en: `Bits of ${format.name}`, zh: `${format.name} 的各位` })}
        onKeyDown={move}
      >
        {Array.from({ length: width }, (_, i) => {
          const place = BigInt(width - 1 - i);
          const on = ((bits >> place) & 1n) === 1n;
          const part = partOf(i);
          return (
            <button
              key={i}
              type="button"
              className={`${style.bit} ${style[part]}`}
              tabIndex={i === at ? 0 : -1}
              aria-pressed={on}
              aria-label={`${t(parts[part])}, ${t({ en: 'bit', zh: '位' })} ${place}`}
              onFocus={() => setAt(i)}
              onClick={() => onTurn(bits ^ (1n << place))}
            >
              {on ? 1 : 0}
            </button>
          );
        })}
      </div>
      <Reading {...{ name, stored, value, t }} />
    </section>
  );
}

interface ReadingProps extends Pick<BitRowProps, 'name' | 'value' | 't'> {
  readonly stored: number;
}

function Reading({ name, stored, value, t }: ReadingProps) {
  const format = bitFormats[name];
  const [below, above] = neighbours(stored, format);
  const lost = stored - value;
  const known = Number.isFinite(stored) && Number.isFinite(value);
  const exact = lost === 0 || (!known && Object.is(stored, value));
  const steps = Math.abs(lost) / ulpOf(value, format);
  const relative = `${t({ en: 'relative', zh: '相对误差' })} ${show(Math.abs(lost / value), 3)}`;
  return (
    <dl className={style.reading}>
      <div>
        <dt>{t({ en: 'holds', zh: '存储值' })}</dt>
        <dd className={style.value}>{show(stored)}</dd>
      </div>
      <div>
        <dt>{t({ en: 'error', zh: '舍入误差' })}</dt>
        <dd>
          {exact
            ? t({ en: 'none', zh: '无' })
            : known
              ? `${show(lost, 3)} = ${show(steps, 3)} ulp, ${relative}`
              : t({ en: 'too large for this format', zh: '超出该格式的范围' })}
        </dd>
      </div>
      <div>
        <dt>{t({ en: 'neighbours', zh: '相邻的数' })}</dt>
        <dd>{Number.isNaN(stored) ? '–' : `${show(below)} … ${show(above)}`}</dd>
      </div>
    </dl>
  );
}

/** All digits that tell a double from its neighbours, or as many as asked for. */
export function show(value: number, digits?: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  if (Object.is(value, -0)) return '−0';
  const text = String(digits === undefined ? value : Number(value.toPrecision(digits)));
  const [mantissa = '', exponent] = text.replace('e+', 'e').split('e');
  const power = exponent && ` × 10${exponent.replace(/./g, (digit) => superscripts[digit] ?? digit)}`;
  return mantissa.replace('-', '−') + (power ?? '');
}

const superscripts: Readonly<Record<string, string>> = Object.fromEntries(
  '-0123456789'.split('').map((digit, i) => [digit, '⁻⁰¹²³⁴⁵⁶⁷⁸⁹'.charAt(i)]),
);
