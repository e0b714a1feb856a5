/** The tests of what decides about trust as one file, for mutation testing: loading the library takes longer than they do. */
import { readdirSync } from 'node:fs';

for (const folder of ['documents', 'meta']) {
  const tests = readdirSync(new URL(folder, import.meta.url)).filter((file) => file.endsWith('.test.ts'));
  for (const file of tests) await import(`./${folder}/${file}`);
}
