/** WGSL for the editor: words by what they are. */
import { StreamLanguage, type StreamParser } from '@codemirror/language';

const of = (words: string): ReadonlySet<string> => new Set(words.split(' '));

const keywords = of(
  'alias break case const const_assert continue continuing default diagnostic discard else enable fn for if let loop override requires return struct switch var while',
);
const types =
  /^(?:bool|[iu]32|f(?:16|32)|vec[234][iufh]?|mat[234]x[234][fh]?|array|atomic|ptr|elem|sampler|texture_\w+|Params)$/;
const constants = of('true false function private workgroup uniform storage read write read_write');

interface State {
  /** Block comments nest. */
  depth: number;
}

const parser: StreamParser<State> = {
  name: 'wgsl',
  startState: () => ({ depth: 0 }),
  token(stream, state) {
    if (state.depth > 0 || stream.match('/*')) {
      if (state.depth === 0) state.depth = 1;
      while (state.depth > 0 && !stream.eol()) {
        if (stream.match('*/')) state.depth--;
        else if (stream.match('/*')) state.depth++;
        else stream.next();
      }
      return 'comment';
    }
    if (stream.eatSpace()) return null;
    if (stream.match('//')) {
      stream.skipToEnd();
      return 'comment';
    }
    if (stream.match(/^@\s*\w+/)) return 'meta';
    if (stream.match(/^(?:0[xX][\da-fA-F.]+(?:[pP][+-]?\d+)?|(?:\d[\d.]*|\.\d+)(?:[eE][+-]?\d+)?)[iufh]?/))
      return 'number';
    const word = stream.match(/^[\p{XID_Start}_][\p{XID_Continue}]*/u);
    if (word && word !== true) {
      const text = word[0];
      if (keywords.has(text)) return 'keyword';
      if (types.test(text)) return 'typeName';
      if (constants.has(text)) return 'atom';
      return stream.match(/^\s*\(/, false) ? 'variableName.function' : null;
    }
    if (stream.match(/^[-+*/%&|^~!<>=]+/)) return 'operator';
    stream.next();
    return null;
  },
  indent: () => null,
  languageData: {
    commentTokens: { line: '//', block: { open: '/*', close: '*/' } },
    closeBrackets: { brackets: ['(', '[', '{'] },
  },
};

export const wgsl = StreamLanguage.define(parser);
