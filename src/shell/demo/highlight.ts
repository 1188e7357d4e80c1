/** WGSL in colours (shiki, a chunk of its own). */
import { createHighlighterCore } from 'shiki/core';
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript';
import wgsl from 'shiki/langs/wgsl.mjs';
import dark from 'shiki/themes/github-dark.mjs';
import light from 'shiki/themes/github-light.mjs';

const highlighter = createHighlighterCore({
  langs: [wgsl],
  themes: [light, dark],
  engine: createJavaScriptRegexEngine(),
});

export async function highlight(code: string, isDark: boolean): Promise<string> {
  return (await highlighter).codeToHtml(code, {
    lang: 'wgsl',
    theme: isDark ? 'github-dark' : 'github-light',
  });
}
