/** The link as a QR code, to go on with on a phone; chosen, it is saved as a picture. */
import { useMemo } from 'react';
import { useTranslation } from '../i18n';
import { download } from './download';
import { MenuItem } from './Menu';
import { qrOf, svgOf } from './qr';
import style from './share.module.css';

export function QrItem({ text, file }: { readonly text: string; readonly file: string }) {
  const { t } = useTranslation();
  const qr = useMemo(() => qrOf(text), [text]);
  return (
    <MenuItem
      disabled={!qr}
      onSelect={() => qr && download(file, new Blob([svgOf(qr)], { type: 'image/svg+xml' }))}
    >
      <span>{t(qr ? 'share.qr' : 'share.qr.long')}</span>
      {qr && (
        <svg className={style.qr} viewBox={`0 0 ${qr.size} ${qr.size}`} aria-hidden>
          <rect width="100%" height="100%" fill="#fff" />
          <path d={qr.path} fill="#000" shapeRendering="crispEdges" />
        </svg>
      )}
    </MenuItem>
  );
}
