import { expect, test } from 'vitest';
import { sourceFor } from './setup.mjs';

const backports = (...sources) => sourceFor(sources, 'bookworm', 'bookworm-backports')?.text;

test('a classic source keeps its options and mirror', () => {
  const updates = ['sources.list', 'deb http://mirror/debian bookworm-updates main'];
  const main = ['sources.list', 'deb [signed-by=/key] http://mirror/debian bookworm main contrib'];
  expect(backports(updates, main)).toBe(
    'deb [signed-by=/key] http://mirror/debian bookworm-backports main\n',
  );
});

test('a deb822 source keeps its key and mirror', () => {
  const paragraph = (types, suites, components) =>
    `Types: ${types}\nURIs: http://mirror/debian\nSuites: ${suites}\nComponents: ${components}\nSigned-By: /key`;
  const source = ['debian.sources', paragraph('deb deb-src', 'bookworm bookworm-updates', 'main contrib')];
  expect(backports(source)).toBe(`${paragraph('deb', 'bookworm-backports', 'main')}\n`);
});

test('a suite that is there is not added again', () => {
  expect(backports(['sources.list', 'deb http://mirror/debian bookworm-backports main'])).toBeUndefined();
});

test('a machine with no source of the suite gets a sentence', () => {
  expect(() => backports(['sources.list', 'deb http://mirror/debian trixie main'])).toThrow('by hand');
});
