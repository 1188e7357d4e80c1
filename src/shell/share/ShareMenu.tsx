/** Link, embed code and QR code of the exact state. */
import type { DemoDecl } from '@/lab/demo';
import { CheckIcon, ShareIcon } from '@/ui/icons';
import { useTranslation } from '../i18n';
import { root } from '../root';
import { useTimeline } from '../run/usePage';
import { useSettings } from '../settings';
import { embedCode, linkTo } from './link';
import { Menu, MenuItem } from './Menu';
import { QrItem } from './QrItem';
import { useFragment } from './useFragment';
import { useCopy } from './useCopy';
import style from './share.module.css';

export function ShareMenu({ demo }: { readonly demo: DemoDecl }) {
  const { t } = useTranslation();
  return (
    <Menu label={t('share')} icon={<ShareIcon />}>
      <SharePanel demo={demo} />
    </Menu>
  );
}

function SharePanel({ demo }: { readonly demo: DemoDecl }) {
  const { t } = useTranslation();
  const { lang } = useSettings();
  const sides = useTimeline((history) => history.sides);
  const fragment = useFragment();
  const link = linkTo(root.href, demo, sides, 'demos', location.search, fragment);
  const frame = linkTo(root.href, demo, sides, 'embed', location.search, fragment);
  return (
    <>
      <CopyItem text={link} name={t('share.link')} />
      <CopyItem text={embedCode(frame, `${demo.title[lang]} · tilewise`)} name={t('share.embed')} />
      <QrItem text={link} file={`${demo.slug}-qr.svg`} />
    </>
  );
}

function CopyItem({ text, name }: { readonly text: string; readonly name: string }) {
  const { t } = useTranslation();
  const [state, copy] = useCopy();
  return (
    <MenuItem stays onSelect={() => copy(text)}>
      <span aria-live="polite">{state === 'copied' ? t('share.copied') : name}</span>
      {state === 'copied' && <CheckIcon />}
      {state === 'blocked' && (
        <span className={style.blocked}>
          {t('share.blocked')} <code>{text}</code>
        </span>
      )}
    </MenuItem>
  );
}
