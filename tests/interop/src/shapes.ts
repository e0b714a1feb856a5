/** In which shapes a side is written to: today's, or those of deployed clients where it reads no others. */
import { contentForProfile, parseJsonMap, stringifyJson, type JsonMap, type WriterProfile } from 'dimp';
import type { Side } from './side.ts';

/** The profile for a reader. */
export function profileFor({ introduction }: Side): WriterProfile {
  return introduction.reads.includes('2.4') ? '2.4' : 'network';
}

/** A meta as a reader gets to see it, in a command of the profile for it. */
export function metaFor(reader: Side, meta: string): string {
  const written = contentForProfile({ type: '136', command: 'meta', meta: parseJsonMap(meta) }, profileFor(reader));
  return stringifyJson(written['meta'] as JsonMap);
}

/** A document, likewise. */
export function documentFor(reader: Side, document: string): string {
  const command = { type: '136', command: 'documents', documents: [parseJsonMap(document)] };
  const [written = {}] = contentForProfile(command, profileFor(reader))['documents'] as readonly JsonMap[];
  return stringifyJson(written);
}
