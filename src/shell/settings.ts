/** Language and theme: from the address, else as chosen before, else as the system has them. */
import { create } from 'zustand';
import type { Lang } from '@/lib/text';
import { i18next } from './i18n';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

interface Settings {
  readonly lang: Lang;
  readonly theme: Theme;
  /** What the theme comes to. */
  readonly dark: boolean;
  readonly reducedMotion: boolean;
}

const systemDark = matchMedia('(prefers-color-scheme: dark)');
const systemStill = matchMedia('(prefers-reduced-motion: reduce)');

const isLang = (value: unknown): value is Lang => value === 'en' || value === 'zh';
const isTheme = (value: unknown): value is Theme => themes.includes(value as Theme);

/** Storage may be forbidden (an embedding page, a private window): then choices last as long as the page. */
function remembered(key: string): string | null {
  try {
    return localStorage.getItem(`tilewise.${key}`);
  } catch {
    return null;
  }
}
function remember(key: string, value: string): void {
  try {
    localStorage.setItem(`tilewise.${key}`, value);
  } catch {
    // Nothing is lost but the choice.
  }
}

function initial(): Settings {
  const query = new URLSearchParams(location.search);
  const asked = [query.get('lang'), remembered('lang'), navigator.language.startsWith('zh') ? 'zh' : 'en'];
  const themed = [query.get('theme'), remembered('theme'), 'system'];
  const theme = themed.find(isTheme) ?? 'system';
  return { lang: asked.find(isLang) ?? 'en', theme, dark: isDark(theme), reducedMotion: systemStill.matches };
}

const isDark = (theme: Theme): boolean => (theme === 'system' ? systemDark.matches : theme === 'dark');

export const useSettings = create<Settings>(initial);

export function setLang(lang: Lang): void {
  remember('lang', lang);
  useSettings.setState({ lang });
}

export function setTheme(theme: Theme): void {
  remember('theme', theme);
  useSettings.setState({ theme, dark: isDark(theme) });
}

/** Follows what an address says, without remembering it as a choice. */
export function adopt(query: { readonly lang?: unknown; readonly theme?: unknown }): void {
  if (isLang(query.lang)) useSettings.setState({ lang: query.lang });
  if (isTheme(query.theme)) useSettings.setState({ theme: query.theme, dark: isDark(query.theme) });
}

function apply({ lang, theme }: Settings): void {
  document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en';
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  if (i18next.language !== lang) void i18next.changeLanguage(lang);
}

/** Keeps the document in step with the settings; once, when the app starts. */
export function startSettings(): void {
  apply(useSettings.getState());
  useSettings.subscribe(apply);
  systemDark.addEventListener('change', () => {
    const { theme } = useSettings.getState();
    useSettings.setState({ dark: isDark(theme) });
  });
  systemStill.addEventListener('change', () => useSettings.setState({ reducedMotion: systemStill.matches }));
}
