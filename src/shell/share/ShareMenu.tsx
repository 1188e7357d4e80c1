/** Link, embed code and QR code of the exact state. */
import type { DemoDecl } from '@/lab/demo';
import { ShareIcon } from '@/ui/icons';
import { useTranslation } from '../i18n';
import { root } from '../root';
import { usePageState } from '../run/usePage';
import { useSettings } from '../settings';
import { CopyButton } from './CopyButton';
import { embedCode, linkTo } from './link';
import { Menu } from './Menu';
import { QrCode } from './QrCode';
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
    <div className={style.items}>
      <CopyButton text={link}>{t('share.link')}</CopyButton>
      <CopyButton text={embedCode(frame, `${demo.title[lang]} · tilewise`)}>{t('share.embed')}</CopyButton>
      <QrCode text={link} />
    </div>
  );
}
