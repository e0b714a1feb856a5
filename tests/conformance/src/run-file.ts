/** The suites of vector files. This touches no file system: a page and a worker run the same suites. */
import { runSuite, type FileReport, type LoadFile, type Suite } from 'runner/checks';
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

/** The suites by the names of their files, in the order in which they run. */
export const SUITES: ReadonlyMap<string, Suite> = new Map([
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

/** Runs the file of a name; `load` gives the parsed content of any file of its directory. */
export async function runFile(name: string, load: LoadFile): Promise<FileReport> {
  return runSuite(SUITES, name, load);
}
