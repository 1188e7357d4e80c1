import hooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const dom = [
  'document',
  'window',
  'location',
  'history',
  'localStorage',
  'sessionStorage',
  'requestAnimationFrame',
  'cancelAnimationFrame',
  'matchMedia',
  'alert',
  'confirm',
  'prompt',
].map((name) => ({ name, message: 'The DOM lives in src/ui, src/shell and a demo’s view alone.' }));
const navigator = { name: 'navigator', message: 'Only src/gpu asks the navigator for a GPU.' };

export default defineConfig(
  globalIgnores(['e2e/fixtures', 'dist', 'node_modules', '.cache', 'test-results', 'playwright-report']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      // The router's redirect() and notFound() are thrown by design.
      '@typescript-eslint/only-throw-error': [
        'error',
        {
          allow: [{ from: 'package', package: '@tanstack/router-core', name: ['Redirect', 'NotFoundError'] }],
        },
      ],
      // Loops over typed arrays stay in range by construction; a check per element would hide the arithmetic.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // An implementation of an asynchronous interface need not wait for anything.
      '@typescript-eslint/require-await': 'off',
    },
  },
  { files: ['**/*.tsx', 'src/{ui,shell}/**/*.ts'], extends: [hooks.configs.flat.recommended] },
  {
    files: ['src/**/*.{ts,tsx}'],
    ignores: ['src/{ui,shell}/**', 'src/demos/*/view.tsx', 'src/demos/*/view/**'],
    rules: { 'no-restricted-globals': ['error', ...dom, navigator] },
  },
  { files: ['src/gpu/**/*.ts'], rules: { 'no-restricted-globals': ['error', ...dom] } },
);
