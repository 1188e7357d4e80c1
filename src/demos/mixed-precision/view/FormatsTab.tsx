/** One number in four formats, bit by bit: any bit can be turned, any number typed, and what is lost is shown. */
import { useId, useState } from 'react';
import { Button } from '@/ui/Button';
import { bitFormats, decode, encode, parseNumber, type BitFormatName } from '../formats';
import { Becomes } from './Becomes';
import { BitRow } from './BitRow';
import type { TabProps } from './types';
import style from './formats.module.css';

/** Where a format ends: the largest, the least, the first that is lost. */
const notable = ['65504', '65520', '2^-14', '2^-24', '2^-25', '1 + 2^-11', '1/3', '2^-133'] as const;

const names = Object.keys(bitFormats) as BitFormatName[];

export function FormatsTab({ view }: Pick<TabProps, 'view'>) {
  const { t } = view;
  const id = useId();
  const [text, setText] = useState('0.1');
  // The bits that were turned or typed last; the other formats round what they mean.
  const [source, setSource] = useState({ name: 'fp64' as BitFormatName, bits: encode(0.1, bitFormats.fp64) });
  const value = decode(source.bits, bitFormats[source.name]);
  const typed = parseNumber(text);

  const type = (next: string): void => {
    setText(next);
    const meant = parseNumber(next);
    if (meant !== undefined) setSource({ name: 'fp64', bits: encode(meant, bitFormats.fp64) });
  };
  const turn = (name: BitFormatName, bits: bigint): void => {
    setSource({ name, bits });
    setText(String(decode(bits, bitFormats[name])).replace('Infinity', 'inf'));
  };

  return (
    <div className={style.stack}>
      <div className={style.entry}>
        <label htmlFor={id}>{t({ en: 'Number', zh: '数值' })}</label>
        <input
          id={id}
          value={text}
          spellCheck={false}
          autoComplete="off"
          aria-invalid={typed === undefined}
          aria-describedby={`${id}-hint`}
          onChange={({ target }) => type(target.value)}
        />
        <span
          role="group"
          aria-label={t({ en: 'Notable numbers', zh: '值得一看的数' })}
          className={style.notable}
        >
          {notable.map((number) => (
            <Button key={number} onClick={() => type(number)} aria-pressed={text === number}>
              {number}
            </Button>
          ))}
        </span>
      </div>
      <p id={`${id}-hint`} className={style.hint} aria-live="polite">
        {typed === undefined
          ? t({
              en: 'This is no number. Digits, + − × / ^ and parentheses are understood, and inf and nan. The last number stays below.',
              zh: '无法识别为数值。可以使用数字、+ − × / ^、括号，以及 inf 和 nan。下方仍显示上一个数值。',
            })
          : t({
              en: 'Type a number or an expression, or turn any bit (arrow keys move between bits, space turns one).',
              zh: '输入数值或算式，也可以翻转任意一位（方向键移动，空格键翻转）。',
            })}
      </p>
      {names.map((name) => (
        <BitRow
          key={name}
          name={name}
          value={value}
          bits={name === source.name ? source.bits : encode(value, bitFormats[name])}
          onTurn={(bits) => turn(name, bits)}
          t={t}
        />
      ))}
      <Becomes numbers={notable} t={t} />
    </div>
  );
}
