/** One block in the diagram: its width in channels, window, stride, and what it has besides. */
import type { BlockAbout } from '../blocks';
import { BOX } from './diagram';
import style from './blocks.module.css';

interface BlockBoxProps {
  readonly about: BlockAbout;
  /** Of the largest block's multiply-adds in its network. */
  readonly share: number;
}

/** "5×5 s2 → 40": of a head only what comes out. */
export const shortOf = ({ block: { kind, kernel, stride, outputs } }: BlockAbout): string =>
  kind === 'head'
    ? `head → ${outputs}`
    : `${kernel}×${kernel}${stride > 1 ? ` s${stride}` : ''} → ${outputs}`;

/** As the papers' tables have it. */
const letters: Readonly<Record<string, string>> = { relu: 'R', relu6: 'R6', 'hard-swish': 'H', silu: 'S' };

export function BlockBox({ about, share }: BlockBoxProps) {
  const { block, shortcut, activations } = about;
  const { width, height } = BOX;
  return (
    <>
      <rect width={width} height={height} rx="3" className={style.box} />
      <rect y={height - 4} width={Math.max(1, width * share)} height="4" className={style.macs} />
      {shortcut && (
        <path
          d={`M${width} 3 h7 v${height - 6} h-7`}
          className={shortcut === 'add' ? style.add : style.concat}
        />
      )}
      <text x="6" y="16">
        {shortOf(about)}
      </text>
      <text x={width - 5} y="16" textAnchor="end" className={style.mark}>
        {[block.squeezed === undefined ? [] : 'SE', activations.map((name) => letters[name] ?? name)]
          .flat()
          .join(' ')}
      </text>
    </>
  );
}
