/** How long it takes to import the packages, beyond what Node takes for an empty script. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { median } from './compare.ts';

const PACKAGES = ['mkm', 'dimplugins', 'dkd', 'dimp'];

/** Milliseconds over an empty script, for each package and what it needs. */
export function measureImports(runs: number): ReadonlyMap<string, number> {
  const scripts = new Map([
    ['', ''],
    ...PACKAGES.map((name): [string, string] => [name, `import '${name}'`]),
    ['all', PACKAGES.map((name) => `import '${name}'`).join(';')],
  ]);
  const times = new Map([...scripts.keys()].map((name): [string, number[]] => [name, []]));
  for (let run = -1; run < runs; run++) {
    for (const [name, script] of scripts) {
      const start = performance.now();
      const { status } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
        cwd: fileURLToPath(new URL('..', import.meta.url)),
      });
      if (status !== 0) throw new Error(`importing ${name} failed`);
      if (run >= 0) times.get(name)?.push(performance.now() - start);
    }
  }
  const empty = median(times.get('') ?? []);
  times.delete('');
  return new Map([...times].map(([name, each]) => [name, median(each) - empty]));
}
