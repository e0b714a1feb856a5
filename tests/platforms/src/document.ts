/** Writes what was measured into `docs/platforms.md`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { ROOT } from './paths.ts';

const FILE = `${ROOT}/docs/platforms.md`;

/** Puts a table between `<!-- name -->` and `<!-- /name -->`. */
export function writeTable(name: string, lines: readonly string[]): void {
  const text = readFileSync(FILE, 'utf8');
  const [start, end] = [`<!-- ${name} -->\n`, `<!-- /${name} -->`];
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${FILE} has no place for ${name}`);
  writeFileSync(FILE, `${text.slice(0, from + start.length)}${lines.join('\n')}\n${text.slice(to)}`);
}
