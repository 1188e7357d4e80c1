/** Where the app stands on its host: every page names the root by `<meta name="tilewise-root">`. */
const named = document.querySelector<HTMLMetaElement>('meta[name="tilewise-root"]')?.content ?? '/';

/** Taken once, before any navigation: the meta is relative to the page that was loaded. */
export const root = new URL(named, location.href);

export const basepath = root.pathname.replace(/\/$/, '') || '/';

/** The absolute address of something below the root. */
export const address = (path: string): string => new URL(path, root).href;

/** A browser asks for the icon again after a navigation: then what was relative would point elsewhere. */
const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
icon?.setAttribute('href', icon.href);
