/** What each format makes of the numbers where formats end. */
import type { Text } from '@/lib/text';
import { bitFormats, decode, encode, parseNumber } from '../formats';
import { show } from './BitRow';
import style from './formats.module.css';

interface BecomesProps {
  readonly numbers: readonly string[];
  readonly t: (text: Text) => string;
}

export function Becomes({ numbers, t }: BecomesProps) {
  const formats = Object.values(bitFormats);
  return (
    <div
      className={style.scroll}
      tabIndex={0}
      role="region"
      aria-label={t({ en: 'What becomes of them', zh: '各格式下的结果' })}
    >
      <table className={style.becomes}>
        <caption>{t({ en: 'What each format makes of them', zh: '这些数在各格式下变成什么' })}</caption>
        <thead>
          <tr>
            <th scope="col">{t({ en: 'number', zh: '数值' })}</th>
            {formats.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {numbers.map((number) => {
            const value = parseNumber(number) ?? NaN;
            return (
              <tr key={number}>
                <th scope="row">{number}</th>
                {formats.map((format) => {
                  const stored = decode(encode(value, format), format);
                  return (
                    <td key={format.name} className={stored === value ? '' : style.changed}>
                      {show(stored, 6)}
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
      <p className={style.hint}>
        {t({
          en: 'Bold: not the number itself. 65520 is the first that FP16 rounds to infinity, and 2^-25 lies halfway to its least number: the tie goes to zero, the even one.',
          zh: '粗体表示结果与原数不同。65520 是 FP16 第一个舍入到无穷大的数；2^-25 恰在零与 FP16 最小数的正中，按“舍入到偶数”变成零。',
        })}
      </p>
    </div>
  );
}
