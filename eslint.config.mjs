import eslint from '@eslint/js';
import angular from 'angular-eslint';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Every way past Angular's escaping, and past Trusted Types. */
const UNSAFE_HTML = [
  {
    selector: 'MemberExpression[property.name=/^(innerHTML|outerHTML|srcdoc|insertAdjacentHTML)$/]',
    message: 'Text stays text: no HTML from strings.',
  },
  { selector: 'MemberExpression[property.name=/^bypassSecurityTrust/]', message: 'Never past the sanitizer.' },
  {
    selector: "CallExpression[callee.object.name='document'][callee.property.name=/^write/]",
    message: 'No document.write.',
  },
];
const NAMES = [
  {
    selector: 'TSInterfaceDeclaration[id.name=/^I[A-Z][a-z]/]',
    message: 'An interface is named like the thing, without I….',
  },
  {
    selector: ':matches(ClassDeclaration, TSInterfaceDeclaration)[id.name=/Dto$/i]',
    message: 'Name the thing: New…, …Details, …View.',
  },
];
const ENVIRONMENT = {
  object: 'process',
  property: 'env',
  message: 'Every variable is read in platform/environment.ts.',
};

export default defineConfig(
  {
    ignores: [
      '**/dist/',
      '**/node_modules/',
      '**/.angular/',
      '**/test-results/',
      '**/playwright-report/',
      '.nx/',
      'data/',
      'keys/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts', '**/*.mts'],
    extends: [eslint.configs.recommended, tseslint.configs.strict, tseslint.configs.stylistic],
    rules: {
      'no-restricted-syntax': ['error', ...UNSAFE_HTML, ...NAMES],
      eqeqeq: 'error',
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': 'allow-with-description' }],
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none' },
      ],
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/consistent-type-definitions': 'off',
      // A class may be only a name: a Nest module, a token of injection, the input of an endpoint.
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/unified-signatures': 'off',
    },
  },
  {
    // Decorated classes: TypeScript writes the types of their constructors into the program, so the import must be real.
    files: ['apps/api/src/**/*.ts', 'apps/web/src/**/*.ts', 'libs/ui/src/**/*.ts'],
    rules: { '@typescript-eslint/consistent-type-imports': 'off' },
  },
  {
    files: [
      'libs/domain/src/**/*.ts',
      'libs/i18n/src/**/*.ts',
      'libs/testing/src/**/*.ts',
      'apps/api/src/**/*.ts',
      'apps/e2e/**/*.ts',
    ],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/only-throw-error': 'error',
    },
  },
  {
    files: ['apps/api/src/**/*.ts'],
    ignores: ['apps/api/src/platform/environment.ts', '**/*.spec.ts', '**/testing/**'],
    rules: { 'no-restricted-properties': ['error', ENVIRONMENT] },
  },
  {
    files: ['apps/web/src/**/*.ts', 'libs/ui/src/**/*.ts'],
    extends: [angular.configs.tsRecommended],
    processor: angular.processInlineTemplates,
    rules: {
      '@angular-eslint/prefer-on-push-component-change-detection': 'error',
      '@angular-eslint/component-selector': [
        'error',
        [
          { type: 'element', prefix: ['app', 'tl'], style: 'kebab-case' },
          { type: 'attribute', prefix: ['app', 'tl'], style: 'camelCase' },
        ],
      ],
      '@angular-eslint/directive-selector': ['error', { type: 'attribute', prefix: ['app', 'tl'], style: 'camelCase' }],
    },
  },
  {
    files: ['apps/web/src/**/*.html', 'libs/ui/src/**/*.html'],
    extends: [angular.configs.templateRecommended, angular.configs.templateAccessibility],
  },
  {
    files: ['**/*.mjs', '**/*.cjs', '**/*.js'],
    extends: [eslint.configs.recommended],
    languageOptions: {
      globals: Object.fromEntries(
        [
          'process',
          'console',
          'setTimeout',
          'clearTimeout',
          'setInterval',
          'clearInterval',
          'URL',
          'Buffer',
          'fetch',
          'structuredClone',
          'globalThis',
          'require',
          'module',
          'performance',
          'AbortController',
          'AbortSignal',
          'TextEncoder',
          'TextDecoder',
        ].map((name) => [name, 'readonly']),
      ),
    },
    rules: {
      'no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none' }],
      'preserve-caught-error': 'off',
    },
  },
  {
    files: ['**/*.spec.mjs'],
    languageOptions: {
      globals: Object.fromEntries(
        ['describe', 'it', 'expect', 'beforeAll', 'beforeEach', 'afterAll', 'afterEach'].map((name) => [
          name,
          'readonly',
        ]),
      ),
    },
  },
);
