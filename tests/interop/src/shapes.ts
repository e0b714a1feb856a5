/** In which shapes a side is written to: today's, or those of deployed clients where it reads no others. */
import { stringifyJson, type JsonMap, type WireShape } from 'dimp';
import { contentInShape, parseJsonMap } from 'dimp/extend';
import type { Side } from './side.ts';

/** The shape for a reader. */
export function shapeFor({ introduction }: Side): WireShape {
  return introduction.reads.includes('2.4') ? '2.4' : 'deployed';
}

/** A meta as a reader gets to see it, in a command of the shape for it. */
export function metaFor(reader: Side, meta: string): string {
  const written = contentInShape({ type: '136', command: 'meta', meta: parseJsonMap(meta) }, shapeFor(reader));
  return stringifyJson(written['meta'] as JsonMap);
}

/** A document, likewise. */
export function documentFor(reader: Side, document: string): string {
  const command = { type: '136', command: 'documents', documents: [parseJsonMap(document)] };
  const [written = {}] = contentInShape(command, shapeFor(reader))['documents'] as readonly JsonMap[];
  return stringifyJson(written);
}
