/** All demos: a picture that the demo itself drew, its name, and one sentence. */
import { Link } from '@tanstack/react-router';
import { demos } from '@/demos/index';
import { Frame } from '../Frame';
import { useTranslation } from '../i18n';
import { address } from '../root';
import { useSettings } from '../settings';
import style from './Gallery.module.css';

export function Gallery() {
  const { t } = useTranslation();
  const { lang, dark } = useSettings();
  return (
    <Frame title="tilewise">
      <div className={style.intro}>
        <h1>{t('site.tagline')}</h1>
        <p>{t('site.intro')}</p>
      </div>
      <h2 className="visually-hidden">{t('site.demos')}</h2>
      {demos.length === 0 && <p>{t('site.none')}</p>}
      <ul className={style.list}>
        {demos.map(({ slug, title, summary }) => (
          <li key={slug}>
            <Link to="/demos/$slug" params={{ slug }} className={style.card}>
              <span className={style.picture}>
                <img
                  src={address(`previews/${slug}${dark ? '-dark' : ''}.png`)}
                  alt=""
                  width={936}
                  height={492}
                  onError={(event) => {
                    event.currentTarget.hidden = true;
                  }}
                />
              </span>
              <span className={style.title}>{title[lang]}</span>
              <span className={style.summary}>{summary[lang]}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Frame>
  );
}
