import { expect, test } from 'vitest';
import { difference, outline } from './vite-articles.ts';

const english = `# Title
Text with <Try set={{ n: 1024, 'head-dim': 64 }}>a try</Try>.
\`\`\`sh
# a comment, no heading
\`\`\`
## Second
<Try
  set={{ causal: true }}
>another</Try>`;

test('headings and tries are found, code is not', () => {
  expect(outline(english)).toEqual({
    levels: [1, 2],
    tries: [{ n: 1024, 'head-dim': 64 }, { causal: true }],
  });
});

test('a translation may differ in words alone', () => {
  expect(difference(english, english.replace('Text with', '文字'))).toBeUndefined();
  expect(difference(english, english.replace('## Second', '第二'))).toMatch(
    /headings of levels 1 2 here and 1 in/,
  );
  expect(difference(english, english.replace('1024', '512'))).toMatch(/tries .*1024.* here and .*512/);
});
