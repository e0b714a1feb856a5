/** The compilers that other people have, and the ways in which they configure them. */

/** A version of TypeScript, and the npm alias under which it is installed. */
export interface Compiler {
  readonly alias: string;
  readonly version: string;
}

export const COMPILERS: readonly Compiler[] = ['5.6.3', '5.7.3', '5.8.3', '5.9.3', '6.0.3', '7.0.2'].map((version) => ({
  alias: `typescript-${version}`,
  version,
}));

/** A way to configure the compiler, and what is compiled so. */
export interface Setup {
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly files: readonly string[];
}

const STRICT = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  target: 'es2022',
  // Every declaration is checked, too: what the packages need beside the language is in the packages.
  skipLibCheck: false,
  types: [],
  noEmit: true,
};

const NODENEXT = { module: 'nodenext', moduleResolution: 'nodenext' };
const BUNDLER = { module: 'esnext', moduleResolution: 'bundler' };

// `dimsdk/node` is for those who have Node's types.
const EVERYWHERE = ['application', 'client'];
const IN_PAGES = [...EVERYWHERE, 'page-client'];
const ON_NODE = [...EVERYWHERE, 'node-client'];

const setup = (name: string, options: Setup['options'], files: Setup['files']): Setup => ({
  name,
  options: { ...STRICT, ...options },
  files,
});

export const SETUPS: readonly Setup[] = [
  setup('nodenext, ES2022', { ...NODENEXT, lib: ['es2022'] }, EVERYWHERE),
  setup('nodenext, ES2022 and DOM', { ...NODENEXT, lib: ['es2022', 'dom'] }, IN_PAGES),
  setup("nodenext, ES2022 and Node's", { ...NODENEXT, lib: ['es2022'], types: ['node'] }, ON_NODE),
  setup('bundler, ES2022', { ...BUNDLER, lib: ['es2022'] }, EVERYWHERE),
  setup('bundler, ES2022 and DOM', { ...BUNDLER, lib: ['es2022', 'dom'] }, IN_PAGES),
];
