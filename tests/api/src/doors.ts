/** The doors of the packages: what their package.json exports to others. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** One entry of a package. */
export interface Door {
  /** As it is imported: `mkm/extend`. */
  readonly name: string;
  /** The folder of the package. */
  readonly folder: string;
  /** Its declarations, as the compiler wrote them. */
  readonly declarations: string;
  /** The name of its report, in the folder `api` of the package: `extend.api.md`. */
  readonly report: string;
}

const PACKAGES = fileURLToPath(new URL('../../../packages', import.meta.url));

interface Manifest {
  readonly name: string;
  readonly exports: Readonly<Record<string, string | { readonly types: string }>>;
}

/** All doors that are for users; `/internal` is for the packages themselves, and promises nothing. */
export function doors(): readonly Door[] {
  const folders = readdirSync(PACKAGES)
    .map((name) => `${PACKAGES}/${name}`)
    .filter((folder) => existsSync(`${folder}/package.json`));
  return folders.flatMap((folder) => {
    const { name, exports } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) as Manifest;
    return Object.entries(exports).flatMap(([path, target]): Door[] => {
      if (typeof target === 'string' || path.endsWith('/internal')) return [];
      const door = path.slice('./'.length);
      const report = `${door === '' ? 'index' : door.replaceAll('/', '-')}.api.md`;
      return [
        { name: door === '' ? name : `${name}/${door}`, folder, declarations: `${folder}/${target.types}`, report },
      ];
    });
  });
}
