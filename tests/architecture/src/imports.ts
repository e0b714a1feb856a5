/** Who imports whom, as the sources say. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'oxc-parser';

export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
/** Where packages and applications are. */
export const PLACES = ['packages', 'apps'];

/** An import of one file by another, or an export of what is in another. */
export interface Arrow {
  /** From the root: `packages/mkm/src/index.ts`. */
  readonly from: string;
  /** The same, or the name of a package: `mkm/extend`. */
  readonly to: string;
  /** Whether it is of types alone, of which nothing is left when the program runs. */
  readonly isOfTypes: boolean;
}

/** The source files of a package, from the root. */
export function filesOf(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder, 'src'), { encoding: 'utf8', recursive: true })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => join(folder, 'src', file))
    .toSorted();
}

/** The imports of a source file. */
export function importsOf(from: string): readonly Arrow[] {
  const path = join(ROOT, from);
  const { module, errors } = parseSync(path, readFileSync(path, 'utf8'));
  if (errors.length > 0) throw new Error(`${from} cannot be parsed`);
  const exported = module.staticExports.flatMap(({ entries }) => entries.filter((entry) => entry.moduleRequest));
  const imported = module.staticImports.map(({ moduleRequest, entries }) => ({
    specifier: moduleRequest.value,
    isOfTypes: entries.length > 0 && entries.every((entry) => entry.isType),
  }));
  const passedOn = exported.map(({ moduleRequest, isType }) => ({
    specifier: moduleRequest?.value ?? '',
    isOfTypes: isType,
  }));
  return [...imported, ...passedOn].map(({ specifier, isOfTypes }) => ({
    from,
    to: specifier.startsWith('.') ? relative(ROOT, join(dirname(path), specifier)) : specifier,
    isOfTypes,
  }));
}
