/** The tests of metas and documents as one file, for mutation testing: loading the library takes longer than they do. */
import { readdirSync } from 'node:fs';

for (const folder of ['../meta/', './']) {
  const files = readdirSync(new URL(folder, import.meta.url)).filter((file) => file.endsWith('.test.ts'));
  for (const file of files) await import(`${folder}${file}`);
}
