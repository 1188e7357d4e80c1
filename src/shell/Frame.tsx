/** What stands around every page: its name, language and colours above, origin and licence below. */
import { useEffect, type ReactNode } from 'react';
import { Link, useRouter } from '@tanstack/react-router';
import { Button } from '@/ui/Button';
import { MoonIcon, SunIcon, SystemIcon } from '@/ui/icons';
import style from './Frame.module.css';
import { useTranslation } from './i18n';
import { address } from './root';
import { setLang, setTheme, themes, useSettings } from './settings';

interface FrameProps {
  /** The document's title. */
  readonly title: string;
  readonly children: ReactNode;
}

export function Frame({ title, children }: FrameProps) {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <>
      <a href="#content" className={style.skip}>
        {t('site.skip')}
      </a>
      <header className={style.header}>
        <Link to="/" className={style.name}>
          <Logo />
          tilewise
        </Link>
        <Switches />
      </header>
      <main id="content" tabIndex={-1} className={style.main}>
        {children}
      </main>
      <footer className={style.footer}>
        <span>{t('site.footer')}</span>
        <span>
          <Link to="/workbench">{t('site.workbench')}</Link> · tilewise {__TILEWISE_VERSION__} (
          {__TILEWISE_COMMIT__}) · MIT · <a href={address('THIRD_PARTY_NOTICES.txt')}>{t('site.notices')}</a>
        </span>
      </footer>
    </>
  );
}

/** Language and colours; the address keeps both, so that a link shows what its sender saw. */
export function Switches() {
  const { t } = useTranslation();
  const { lang, theme } = useSettings();
  const router = useRouter();
  const write = (name: 'lang' | 'theme', value: string | null): void => {
    const { pathname, search, hash } = router.history.location;
    const query = new URLSearchParams(search);
    if (value === null) query.delete(name);
    else query.set(name, value);
    const text = query.toString();
    router.history.replace(`${pathname}${text === '' ? '' : `?${text}`}${hash}`);
  };
  const Icon = { system: SystemIcon, light: SunIcon, dark: MoonIcon }[theme];
  return (
    <div className={style.switches}>
      <Button
        look="quiet"
        className={style.lang}
        lang={lang === 'en' ? 'zh-CN' : 'en'}
        name={t('lang.switch.hint')}
        onClick={() => {
          const other = lang === 'en' ? 'zh' : 'en';
          setLang(other);
          write('lang', other);
        }}
      >
        {t('lang.switch')}
      </Button>
      <Button
        look="quiet"
        name={t(`theme.${theme}`)}
        onClick={() => {
          const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'system';
          setTheme(next);
          write('theme', next === 'system' ? null : next);
        }}
      >
        <Icon />
      </Button>
    </div>
  );
}

export function NotFound() {
  const { t } = useTranslation();
  return (
    <Frame title="tilewise">
      <p className={style.missing}>{t('page.missing')}</p>
      <p>
        <Link to="/">{t('site.home')}</Link>
      </p>
    </Frame>
  );
}

function Logo() {
  return (
    <svg width="22" height="22" viewBox="0 0 32 32" aria-hidden>
      <g fill="currentColor">
        {[3, 12, 21].flatMap((y, row) =>
          [3, 12, 21].map((x, column) => (
            <rect
              key={`${x} ${y}`}
              x={x}
              y={y}
              width="8"
              height="8"
              rx="1.5"
              fill={row === 1 && column === 1 ? 'var(--accent)' : undefined}
              opacity={row === column ? 1 : 0.35}
            />
          )),
        )}
      </g>
    </svg>
  );
}
