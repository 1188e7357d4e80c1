/** i18next over the shell's strings; a key that does not exist fails to compile. */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Lang } from '@/lib/text';
import { strings, type StringKey } from './strings';

const resource = (lang: Lang): Record<StringKey, string> =>
  Object.fromEntries(Object.entries(strings).map(([key, text]) => [key, text[lang]])) as Record<
    StringKey,
    string
  >;

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'shell';
    keySeparator: false;
    nsSeparator: false;
    resources: { shell: Record<StringKey, string> };
  }
}

export async function startI18n(lang: Lang): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: lang,
    fallbackLng: false,
    defaultNS: 'shell',
    keySeparator: false,
    nsSeparator: false,
    resources: { en: { shell: resource('en') }, zh: { shell: resource('zh') } },
    // React escapes; placeholders look as in the laboratory's own texts.
    interpolation: { escapeValue: false, prefix: '{', suffix: '}' },
  });
}

export { i18next };
export { useTranslation } from 'react-i18next';
