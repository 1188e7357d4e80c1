/** Link, embed code and QR code of the exact state. */
import type { DemoDecl } from '@/lab/demo';
import { CheckIcon, ShareIcon } from '@/ui/icons';
import { useTranslation } from '../i18n';
import { root } from '../root';
import { usePageState } from '../run/usePage';
import { useSettings } from '../settings';
import { embedCode, linkTo } from './link';
import { Menu, MenuItem } from './Menu';
import { QrItem } from './QrItem';
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
  const params = usePageState((state) => state.history.params);
  const link = linkTo(root.href, demo, params, 'demos', location.search);
  const frame = linkTo(root.href, demo, params, 'embed', location.search);
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
