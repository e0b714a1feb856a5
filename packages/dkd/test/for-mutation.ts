/**
 * The tests of what decides whom and what to trust, as one file, for mutation testing: loading the library takes longer
 * than they do.
 */
import { readdirSync } from 'node:fs';

for (const folder of ['messages', 'operations', 'replay']) {
  for (const file of readdirSync(new URL(folder, import.meta.url))) await import(`./${folder}/${file}`);
}
