/** Runs every vector file of a directory. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Suite } from './suite.ts';
import { addresses } from './suites/addresses.ts';
import { asymmetricKeys } from './suites/asymmetric-keys.ts';
import { coders } from './suites/coders.ts';
import { contents } from './suites/contents.ts';
import { documents } from './suites/documents.ts';
import { envelopeProofs } from './suites/envelope-proofs.ts';
import { ids } from './suites/ids.ts';
import { messages } from './suites/messages.ts';
import { metas } from './suites/metas.ts';
import { resources } from './suites/resources.ts';
import { symmetricKeys } from './suites/symmetric-keys.ts';

const SUITES: ReadonlyMap<string, Suite> = new Map([
  ['coders', coders],
  ['addresses', addresses],
  ['ids', ids],
  ['metas', metas],
  ['asymmetric-keys', asymmetricKeys],
  ['symmetric-keys', symmetricKeys],
  ['documents', documents],
  ['contents', contents],
  ['messages', messages],
  ['envelope-proofs', envelopeProofs],
  ['resources', resources],
]);

/** What came of one file. */
export interface FileReport {
  /** The file's name without `.json`. */
  readonly name: string;
  readonly passed: number;
  readonly failures: readonly { readonly check: string; readonly error: unknown }[];
  readonly notes: readonly string[];
  /** Whether this runner knows the file at all. */
  readonly known: boolean;
}

/** Runs the files of a directory, one after the other. */
export async function* runDirectory(directory: string): AsyncGenerator<FileReport> {
  const present = readdirSync(directory)
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length));
  const order = [...SUITES.keys()];
  const unknown = present.filter((name) => !SUITES.has(name));
  for (const name of [...order.filter((known) => present.includes(known)), ...unknown]) {
    yield await runFile(directory, name);
  }
}

async function runFile(directory: string, name: string): Promise<FileReport> {
  const suite = SUITES.get(name);
  if (suite === undefined) return { name, passed: 0, failures: [], notes: [], known: false };
  const failures: { check: string; error: unknown }[] = [];
  const notes: string[] = [];
  let passed = 0;
  try {
    const note = (text: string) => void notes.push(text);
    for (const check of await suite(readFile(directory, name), (other) => readFile(directory, other), note)) {
      try {
        await check.run();
        passed++;
      } catch (error) {
        failures.push({ check: check.name, error });
      }
    }
  } catch (error) {
    failures.push({ check: 'the file', error });
  }
  return { name, passed, failures, notes, known: true };
}

function readFile(directory: string, name: string): unknown {
  const path = join(directory, `${name}.json`);
  if (!existsSync(path)) throw new Error(`${name}.json is missing in ${directory}`);
  return JSON.parse(readFileSync(path, 'utf8'));
}
