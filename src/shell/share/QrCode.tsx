/** A link as a QR code, to go on with on a phone. */
import { useEffect, useState } from 'react';
import { useTranslation } from '../i18n';
import style from './share.module.css';

type Code = { readonly size: number; readonly path: string } | 'long';

export function QrCode({ text }: { readonly text: string }) {
  const { t } = useTranslation();
  const [code, setCode] = useState<Code>();
  useEffect(() => {
    let current = true;
    void import('uqr').then(({ encode }) => {
      if (current) setCode(codeOf(text, encode));
    });
    return () => {
      current = false;
    };
  }, [text]);
  if (code === 'long') return <p className={style.long}>{t('share.qr.long')}</p>;
  return (
    <svg
      className={style.qr}
      viewBox={`0 0 ${code?.size ?? 1} ${code?.size ?? 1}`}
      role="img"
      aria-label={t('share.qr')}
    >
      {/* Readers expect dark on light, whatever the page's colours. */}
      <rect width="100%" height="100%" fill="#fff" />
      {code && <path d={code.path} fill="#000" shapeRendering="crispEdges" />}
    </svg>
  );
}

type Encode = (
  text: string,
  options: { ecc: 'M'; border: number },
) => { readonly size: number; readonly data: readonly (readonly boolean[])[] };

function codeOf(text: string, encode: Encode): Code {
  try {
    const { size, data } = encode(text, { ecc: 'M', border: 2 });
    const path = data.flatMap((row, y) => row.map((on, x) => (on ? `M${x} ${y}h1v1h-1z` : ''))).join('');
    return { size, path };
  } catch {
    // The largest code holds about 2,300 bytes at this level.
    return 'long';
  }
}
