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

/** A way to configure the compiler. */
export interface Setup {
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
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

const MODULES: readonly Setup[] = [
  { name: 'nodenext', options: { module: 'nodenext', moduleResolution: 'nodenext' } },
  { name: 'bundler', options: { module: 'esnext', moduleResolution: 'bundler' } },
];

const LIBRARIES: readonly Setup[] = [
  { name: 'ES2022', options: { lib: ['es2022'] } },
  { name: 'ES2022 and DOM', options: { lib: ['es2022', 'dom'] } },
];

export const SETUPS: readonly Setup[] = MODULES.flatMap((module) =>
  LIBRARIES.map((library) => ({
    name: `${module.name}, ${library.name}`,
    options: { ...STRICT, ...module.options, ...library.options },
  })),
);
