/** Runs every vector file of a directory. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FILE_NAMES, runFile, type FileReport } from './run-file.ts';

/** Runs the files of a directory, one after the other. */
export async function* runDirectory(directory: string): AsyncGenerator<FileReport> {
  const present = readdirSync(directory)
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length));
  const unknown = present.filter((name) => !FILE_NAMES.includes(name));
  for (const name of [...FILE_NAMES.filter((known) => present.includes(known)), ...unknown]) {
    yield await runFile(name, (other) => readFile(directory, other));
  }
}

function readFile(directory: string, name: string): unknown {
  const path = join(directory, `${name}.json`);
  if (!existsSync(path)) throw new Error(`${name}.json is missing in ${directory}`);
  return JSON.parse(readFileSync(path, 'utf8'));
}
