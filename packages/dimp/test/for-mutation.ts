/**
 * The tests of what decides about trust as one file, for mutation testing: loading the library takes longer than they do.
 * Without the failures of decryption, which are about code of other packages.
 */
import { readdirSync } from 'node:fs';

for (const folder of ['accounts', 'memory', 'message-keys', 'messaging', 'trust']) {
  const files = readdirSync(new URL(folder, import.meta.url));
  const tests = files.filter((file) => file.endsWith('.test.ts') && file !== 'decryption-failures.test.ts');
  for (const file of tests) await import(`./${folder}/${file}`);
}
