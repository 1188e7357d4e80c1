/** What was changed without being asked: bad values of a link, parameters that gave way, a device that was lost. */
import { Button } from '@/ui/Button';
import { CrossIcon } from '@/ui/icons';
import { useTranslation } from '../i18n';
import { usePage, usePageState } from '../run/usePage';
import { useSettings } from '../settings';
import style from './Notices.module.css';

export function Notices() {
  const { t } = useTranslation();
  const { lang } = useSettings();
  const page = usePage();
  const own = usePageState((state) => state.notices);
  const ofRun = usePageState((state) => state.run.notices);
  const all = [...own, ...ofRun];
  return (
    <div role="status" aria-label={t('notices')}>
      {all.length > 0 && (
        <ul className={style.notices}>
          {all.map((notice, i) => (
            <li key={`${i} ${notice.param}`}>
              <span>
                {notice.param !== '' && <code>{notice.param}</code>} {notice.text[lang]}
              </span>
              <Button look="quiet" name={t('notices.dismiss')} onClick={() => page.dismiss(notice)}>
                <CrossIcon />
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
