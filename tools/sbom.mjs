/**
 * A list of all that comes along with each published package, as CycloneDX: `--out FOLDER` is where they go. Without it nothing is
 * kept. Whether the licenses of all that let everybody use it is checked in either case.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { notFree } from './licenses.mjs';
import { publishedPackages } from './published-packages.mjs';

const { values } = parseArgs({ options: { out: { type: 'string' } } });
const root = join(import.meta.dirname, '..');
for (const { name, version } of publishedPackages()) {
  const parameters = ['tools/pnpm.mjs', '--silent', 'sbom', '--sbom-format', 'cyclonedx', '--prod', '--filter', name];
  const text = execFileSync(process.execPath, parameters, { cwd: root, encoding: 'utf8', maxBuffer: 64 << 20 });
  const { components = [] } = JSON.parse(text);
  const wrong = components.flatMap(({ name: part, version: its, licenses = [] }) => {
    const texts = licenses.map(({ license, expression }) => expression ?? license?.id ?? license?.name ?? '');
    const found = texts.length > 0 && notFree(texts.join(' AND ')) === undefined;
    return found ? [] : [`${part} ${its}: ${texts.join(', ') || 'no license'}`];
  });
  if (wrong.length > 0) throw new Error(`${name} brings\n${wrong.join('\n')}`);
  console.log(`${name}: ${components.length} packages come along`);
  if (values.out === undefined) continue;
  mkdirSync(resolve(values.out), { recursive: true });
  writeFileSync(join(resolve(values.out), `${name}-${version}.cdx.json`), text);
}
