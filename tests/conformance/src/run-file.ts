/** Runs one vector file. It touches no file system: a page and a worker run the same suites. */
import type { LoadFile, Suite } from './suite.ts';
import { addresses } from './suites/addresses.ts';
import { asymmetricKeys } from './suites/asymmetric-keys.ts';
import { coders } from './suites/coders.ts';
import { contents } from './suites/contents.ts';
import { documents } from './suites/documents.ts';
import { envelopeProofs } from './suites/envelope-proofs.ts';
import { ids } from './suites/ids.ts';
import { messages } from './suites/messages.ts';
import { metas } from './suites/metas.ts';
import { modernKeys } from './suites/modern-keys.ts';
import { resources } from './suites/resources.ts';
import { symmetricKeys } from './suites/symmetric-keys.ts';

const SUITES: ReadonlyMap<string, Suite> = new Map([
  ['coders', coders],
  ['addresses', addresses],
  ['ids', ids],
  ['metas', metas],
  ['asymmetric-keys', asymmetricKeys],
  ['symmetric-keys', symmetricKeys],
  ['modern-keys', modernKeys],
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

/** The names of all files that have a suite, in the order in which they are run. */
export const FILE_NAMES: readonly string[] = [...SUITES.keys()];

/** Runs the file of a name; `load` gives the parsed content of any file of its directory. */
export async function runFile(name: string, load: LoadFile): Promise<FileReport> {
  const suite = SUITES.get(name);
  if (suite === undefined) return { name, passed: 0, failures: [], notes: [], known: false };
  const failures: { check: string; error: unknown }[] = [];
  const notes: string[] = [];
  let passed = 0;
  try {
    const note = (text: string) => void notes.push(text);
    for (const check of await suite(load(name), load, note)) {
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
