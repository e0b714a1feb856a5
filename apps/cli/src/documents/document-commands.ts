/** `dim doc show`, `dim doc verify`. */
import { Bulletin, Visa, type Document, type JsonMap, type JsonValue } from 'dimp';
import type { Call, Result } from '../command/call.ts';
import { wrong } from '../command/wrong.ts';
import { dim } from '../home/dim.ts';
import { inFile } from '../input/in-file.ts';
import { printable } from '../text/printable.ts';
import { checkDocument, checkId, checkMeta, documentName, soundOwner } from './check-parts.ts';
import { readKnownParts, type Parts } from './read-parts.ts';
import { Steps } from './steps.ts';
import { timeText } from './time-text.ts';
import { jsonText } from '../text/json-text.ts';

const KNOWN_FIELDS: ReadonlySet<string> = new Set(['did', 'ID', 'type', 'data', 'signature']);

/** What every client knows of the properties. */
const KNOWN_PROPERTIES: ReadonlySet<string> = new Set(
  'did ID type terminal name avatar key keys algorithms time created_time founder assistants administrators'.split(' '),
);

/**
 * Shows documents. The documented shape: `{ documents: [{ id, type, terminal, name, time, isSigned, properties, unknown: [name] }] }`; what
 * is unknown may be kept in signed `properties`, as `data.NAME`, or beside them.
 */
export async function showDocuments(call: Call, source: string): Promise<Result> {
  const parts = await documentsOf(call, source);
  const documents = await inFile(source, () => parts.documents.map((value) => dim.Document.parse(value)));
  return {
    json: { documents: documents.map((document) => documentJson(document)) },
    text: documents.map((document) => documentText(document)).join('\n\n'),
  };
}

/** As the command takes them. */
export interface VerifyDocumentOptions {
  /** A file with the meta, where it is in neither the file nor the home. */
  readonly meta?: string | undefined;
}

/** Checks documents with the meta of their ID. The shape is that of `Steps`. */
export async function verifyDocuments(
  call: Call,
  { source, of }: { readonly source: string; readonly of: string | undefined },
  options: VerifyDocumentOptions,
): Promise<Result> {
  const { documents, id: given, meta: included } = await documentsOf(call, source);
  const steps = new Steps();
  const [first] = documents;
  const did = first === undefined ? undefined : dim.Document.tryParse(first)?.did.entity.toString();
  const id = await checkId(steps, of ?? given ?? did);
  const value = await metaOf(call, { file: options.meta, included, id: id?.entity.toString() });
  const meta = await checkMeta(steps, value);
  const owner = await soundOwner(id?.entity, meta);
  for (const document of documents) await checkDocument(steps, document, owner);
  return steps.result(id?.entity.toString());
}

async function metaOf(
  call: Call,
  { file, included, id }: { file: string | undefined; included: JsonValue | undefined; id: string | undefined },
): Promise<JsonValue | undefined> {
  if (file !== undefined) return (await readKnownParts(call, file)).meta;
  // What this home has pinned is believed before what came with the document.
  const known = id === undefined ? undefined : (await readKnownParts(call, id)).meta;
  return known ?? included;
}

async function documentsOf(call: Call, source: string): Promise<Parts> {
  const parts = await readKnownParts(call, source);
  if (parts.documents.length === 0) throw wrong(`${printable(source)} has no document`);
  return parts;
}

function documentJson(document: Document): JsonMap {
  const { did, type, name, time, signature, properties } = document;
  return {
    id: did.toString(),
    type,
    terminal: document instanceof Visa ? (document.terminal ?? null) : null,
    name: name ?? null,
    time: time ?? null,
    isSigned: signature !== undefined,
    properties,
    unknown: unknownOf(document),
  };
}

function documentText(document: Document): string {
  const { did, name, time, signature, properties } = document;
  const unknown = unknownOf(document);
  const rows = [
    ['document', documentName(document)],
    ['ID', did.toString()],
    ['name', name ?? 'none'],
    ...(document instanceof Bulletin ? [['founder', document.founder?.toString() ?? 'not said']] : []),
    ['signed', signature === undefined ? 'not' : timeText(time)],
    ...(unknown.length === 0 ? [] : [['unknown', unknown.join(', ')]]),
  ];
  const lines = rows.map(([head = '', about = '']) => `${head.padEnd(10)}${printable(about, MAX_LENGTH)}`);
  return [...lines, jsonText(properties)].join('\n');
}

const MAX_LENGTH = 500;

function unknownOf({ fields, properties }: Document): string[] {
  return [
    ...Object.keys(fields).filter((name) => !KNOWN_FIELDS.has(name)),
    ...Object.keys(properties)
      .filter((name) => !KNOWN_PROPERTIES.has(name))
      .map((name) => `data.${name}`),
  ];
}
