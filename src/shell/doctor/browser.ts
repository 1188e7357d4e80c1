/** Which browser this is, from what it says of itself: only to word advice, never to decide what runs. */
export type BrowserName = 'Chrome' | 'Edge' | 'Firefox' | 'Safari' | 'other';
export type System = 'Windows' | 'macOS' | 'Linux' | 'Android' | 'iOS' | 'other';

export interface Browser {
  readonly name: BrowserName;
  readonly version: number;
  readonly system: System;
}

const names: readonly (readonly [BrowserName, RegExp])[] = [
  // Edge and Chrome also call themselves Safari, and Edge Chrome.
  ['Edge', /\bEdg(?:A|iOS)?\/(\d+)/],
  ['Firefox', /\b(?:Firefox|FxiOS)\/(\d+)/],
  ['Chrome', /\b(?:Chrome|Chromium|CriOS|HeadlessChrome)\/(\d+)/],
  ['Safari', /\bVersion\/(\d+).*\bSafari\//],
];

const systems: readonly (readonly [System, RegExp])[] = [
  ['Android', /Android/],
  ['iOS', /iPhone|iPad|iPod/],
  ['Windows', /Windows/],
  ['macOS', /Macintosh/],
  ['Linux', /Linux|X11/],
];

export function browserOf(userAgent: string): Browser {
  const system = systems.find(([, pattern]) => pattern.test(userAgent))?.[0] ?? 'other';
  for (const [name, pattern] of names) {
    const version = pattern.exec(userAgent)?.[1];
    if (version !== undefined) return { name, version: Number(version), system };
  }
  return { name: 'other', version: 0, system };
}

export const browserText = ({ name, version, system }: Browser): string =>
  name === 'other' ? system : `${name} ${version} (${system})`;
