/** The directions in which imports may point: lib ← gpu ← shaders ← tensor ← models, methods ← demos ← shell, cli. */

const folders = [
  'lib',
  'gpu',
  'shaders',
  'tensor',
  'models',
  'methods',
  'lab',
  'ui',
  'demos',
  'shell',
  'cli',
];
const test = String.raw`\.test\.tsx?$`;
/** What is drawn: view.tsx, or the pieces it is split into under view/, and the articles. */
const view = String.raw`^src/demos/[^/]+/(view\.tsx$|view/|article\.[a-z]+\.mdx$)`;
/** demo.ts and the parts it may be split into. */
const declaration = String.raw`^src/demos/([^/]+)/(demo|params|rules|charts|presets)\.ts$`;
const ownParts = String.raw`demos/$1/(params|rules|charts|presets)\.ts$`;

/** Forbids, in one folder, imports from the folders that are not listed; of `types` it may import types. */
const only = (folder, values, types = []) => {
  const rule = (name, comment, targets, kinds = {}) => ({
    name,
    severity: 'error',
    comment,
    from: { path: `^src/${folder}/`, pathNot: test },
    to: { path: `^src/(${targets.join('|')})/`, ...kinds },
  });
  const others = folders.filter((f) => ![folder, ...values, ...types].includes(f));
  const rules = [
    rule(`${folder}-imports`, `${folder}/ uses only ${[...values, ...types].join(', ')}.`, others),
  ];
  if (types.length > 0) {
    const comment = `${folder}/ uses only types of ${types.join(', ')}.`;
    rules.push(rule(`${folder}-imports-types`, comment, types, { dependencyTypesNot: ['type-only'] }));
  }
  return rules;
};

const layers = ['lib', 'gpu', 'shaders', 'tensor', 'models', 'methods'];

export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    ...only('lib', []),
    ...only('gpu', ['lib']),
    ...only('shaders', ['lib', 'gpu'], ['lab']),
    ...only('tensor', ['lib', 'gpu', 'shaders']),
    ...only('models', ['lib', 'gpu', 'shaders', 'tensor']),
    ...only('methods', ['lib', 'gpu', 'shaders', 'tensor']),
    ...only('lab', ['lib'], ['gpu']),
    ...only('ui', ['lib', 'lab'], ['gpu']),
    ...only('demos', [...layers, 'lab', 'ui']),
    ...only('shell', [...layers, 'lab', 'ui', 'demos']),
    ...only('cli', [...layers, 'lab', 'demos']),
    {
      name: 'ui-in-views-only',
      severity: 'error',
      comment: 'A demo runs without a DOM: only its view uses ui/.',
      from: { path: '^src/demos/', pathNot: [view, test] },
      to: { path: '^src/ui/' },
    },
    {
      name: 'views-stay-in-pages',
      severity: 'error',
      comment: 'A view and an article are loaded by the page alone.',
      from: { path: '^src/(cli/|demos/)', pathNot: [view, test] },
      to: { path: view },
    },
    {
      name: 'declaration-is-data',
      severity: 'error',
      comment:
        'demo.ts is loaded eagerly for every demo: it uses lab/, its own parts, types, and the names that a method gives its pieces.',
      from: { path: declaration },
      to: {
        path: '^src/',
        pathNot: `^src/(lab/|methods/[^/]+/names\\.ts$|${ownParts})`,
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'demos-are-apart',
      severity: 'error',
      comment: 'A demo never imports a demo.',
      from: { path: '^src/demos/([^/]+)/' },
      to: { path: '^src/demos/', pathNot: '^src/demos/$1/' },
    },
    {
      name: 'react-in-pages-only',
      severity: 'error',
      comment: 'React lives in ui/, shell/ and views, so that everything else also runs in Node.',
      from: { path: '^src/', pathNot: ['^src/(ui|shell)/', view] },
      to: {
        path: '^node_modules/(react|react-dom|react-is|react-i18next|recharts|radix-ui|@radix-ui/|@tanstack/|@types/react|zustand/(esm/)?(index|react))',
        pathNot: '^node_modules/react[^/]*/package.json$',
      },
    },
    {
      name: 'no-test-in-the-product',
      severity: 'error',
      from: { path: '^src/', pathNot: test },
      to: { path: test },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'] },
  },
};
