/** The mass that was found in each mode, a bar each, with its true weight marked; the heaviest few by themselves. */
import type { Text } from '@/lib/text';
import type { Counted, Mode } from '@/methods/score/modes';
import { percent } from './percent';
import style from './view.module.css';

export const MOST = 8;

interface ModeBarsProps {
  readonly modes: readonly Mode[];
  readonly counted: Counted;
  readonly title: Text;
  readonly t: (text: Text) => string;
}

export function ModeBars({ modes, counted, title, t }: ModeBarsProps) {
  const shown = modes.slice(0, MOST);
  const most = Math.max(...modes.map(({ weight }) => weight), ...counted.shares);
  return (
    <table className={style.bars}>
      <caption>
        {t({
          en: `Mass in each mode, ${title.en}: ${percent(counted.misplaced)} of it in a wrong one`,
          zh: `各模态的质量（${title.zh}）：${percent(counted.misplaced)} 放错了模态`,
        })}
        {counted.lost > 0 &&
          t({
            en: `; ${percent(counted.lost)} of the chains have left the plane, as the step is too large or the score points outwards`,
            zh: `；${percent(counted.lost)} 的链已飞出平面：步长太大，或得分指向外侧`,
          })}
        {modes.length > MOST &&
          t({
            en: `; the heaviest ${MOST} of ${modes.length} modes`,
            zh: `；共 ${modes.length} 个模态，列出最重的 ${MOST} 个`,
          })}
      </caption>
      <thead>
        <tr>
          <th scope="col">{t({ en: 'mode', zh: '模态' })}</th>
          <th scope="col">{t({ en: 'true', zh: '真实' })}</th>
          <th scope="col">{t({ en: 'found', zh: '所得' })}</th>
          <th scope="col" aria-hidden />
        </tr>
      </thead>
      <tbody>
        {shown.map(({ weight }, m) => {
          const share = counted.shares[m]!;
          return (
            <tr key={m}>
              <th scope="row">{m + 1}</th>
              <td>{percent(weight)}</td>
              <td>{percent(share)}</td>
              <td className={style.track} aria-hidden>
                <span className={style.bar} style={{ width: `${(100 * share) / most}%` }} />
                <span className={style.mark} style={{ insetInlineStart: `${(100 * weight) / most}%` }} />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
