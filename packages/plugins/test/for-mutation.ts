/** The tests of what decides about trust as one file, for mutation testing: loading the library takes longer than they do. */
import { readdirSync } from 'node:fs';

for (const folder of ['addresses', 'coding', 'keys', 'metas']) {
  const tests = readdirSync(new URL(folder, import.meta.url), { encoding: 'utf8', recursive: true }).filter((file) =>
    file.endsWith('.test.ts'),
  );
  for (const file of tests) await import(`./${folder}/${file}`);
}
