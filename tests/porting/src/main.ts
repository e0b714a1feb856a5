/** Writes the pages of `docs/porting`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Answers } from './answers.ts';
import { Exports } from './exports.ts';
import { LANGUAGES, readNames, ROOM } from './names.ts';
import { page } from './page.ts';

const folder = join(ROOM, '../../docs/porting');
const [answers, exports] = [new Answers(), new Exports()];
mkdirSync(folder, { recursive: true });
for (const language of LANGUAGES) {
  const text = page(language, readNames(language), answers, exports);
  writeFileSync(join(folder, `${language}.md`), text);
  console.log(`docs/porting/${language}.md: ${text.length} characters`);
}
