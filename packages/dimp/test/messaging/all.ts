/**
 * The tests of this folder as one file, for mutation testing: loading the library takes longer than they do. Without the
 * failures of decryption, which are about code of other packages.
 */
import { readdirSync } from 'node:fs';

for (const file of readdirSync(new URL('.', import.meta.url)))
  if (file.endsWith('.test.ts') && file !== 'decryption-failures.test.ts') await import(`./${file}`);
