/** Holds the place of what is still computed, and says so once it takes long enough to be asked about. */
import { useLab } from './context';
import style from './Waiting.module.css';

interface WaitingProps {
  /** Width over height of what comes; left out, `height` holds. */
  readonly aspect?: number;
  readonly height?: string;
  /** At most so wide. */
  readonly width?: string;
}

export function Waiting({ aspect, height = 'auto', width = '100%' }: WaitingProps) {
  const { t } = useLab();
  return (
    <div
      className={style.waiting}
      style={{ aspectRatio: aspect, minHeight: height, width: `min(100%, ${width})` }}
      role="status"
    >
      <span>{t({ en: 'Computing …', zh: '计算中……' })}</span>
    </div>
  );
}
