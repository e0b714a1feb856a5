/** Answers to those who ask for metas and documents, and to those who bring them: `meta`, `documents`. */
import { EntityType, isDimError, type Document, type ID, type JsonMap, type Meta } from 'dimp';
import { fieldOf, fieldOfAny, isJsonMap, optionalFieldOf, optionalTimeOf } from 'dimp/extend';
import { answerReceipt } from '../messages/receipts.ts';
import type { StationParts } from '../sessions/parts.ts';
import { NO_ANSWER, reply, type Answer, type Request } from './answer.ts';

/** How far the time of a document may be ahead, in seconds. */
const MAX_SKEW = 30 * 60;

/** More documents than any identity has: each costs a signature. */
const MAX_OFFERED = 64;

/** A receipt about an ID; its template says the same, with the ID. */
function about(text: string, request: Request, did: ID): JsonMap {
  const template = `${text.replace(/\.$/, '')}: \${did}.`;
  return answerReceipt(text, request, template, { did: did.toString() });
}

function subjectOf({ dim }: StationParts, { content }: Request): ID | undefined {
  return dim.ID.tryParse(fieldOfAny(content.fields, ['did', 'ID']));
}

/** `meta`: a query, or a meta. */
export async function answerMeta(parts: StationParts, request: Request): Promise<Answer> {
  const did = subjectOf(parts, request);
  if (did === undefined) return reply(answerReceipt('Meta command error.', request));
  const offered = optionalFieldOf(request.content.fields, 'meta');
  if (offered === undefined) return answerMetaQuery(parts, request, did);
  const refusal = await keepMeta(parts, request, did, offered);
  return refusal === undefined ? { contents: [about('Meta received.', request, did)], learned: did } : reply(refusal);
}

async function answerMetaQuery(parts: StationParts, request: Request, did: ID): Promise<Answer> {
  const known = await parts.metaOf(did);
  if (known === undefined) return { contents: [about('Meta not found.', request, did)], missed: did };
  if (did.equals(request.message.sender)) return NO_ANSWER;
  return reply({ command: 'meta', did: did.toString(), meta: known.meta.fields });
}

/** @returns the receipt that says why not */
async function keepMeta(
  parts: StationParts,
  request: Request,
  did: ID,
  offered: unknown,
): Promise<JsonMap | undefined> {
  const meta = parts.dim.Meta.tryParse(offered);
  if (meta === undefined || !meta.matches(did)) return about('Meta not valid.', request, did);
  return (await learn(parts, did, meta)) ? undefined : about('Meta not accepted.', request, did);
}

async function learn({ writer }: StationParts, id: ID, meta: Meta): Promise<boolean> {
  try {
    await writer.learn({ id, meta });
    return true;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return false;
  }
}

/** `documents`: a query, or documents; also as `document` with a single one. */
export async function answerDocuments(parts: StationParts, request: Request): Promise<Answer> {
  const did = subjectOf(parts, request);
  if (did === undefined) return reply(answerReceipt('Document command error.', request));
  const { fields } = request.content;
  const list = optionalFieldOf(fields, 'documents');
  const single = fieldOfAny(fields, ['document', 'profile']);
  const offered = Array.isArray(list) ? list : single === undefined ? undefined : [single];
  if (offered === undefined) return answerDocumentsQuery(parts, request, did);
  return keepDocuments(parts, request, did, offered.slice(0, MAX_OFFERED));
}

async function answerDocumentsQuery(parts: StationParts, request: Request, did: ID): Promise<Answer> {
  const known: readonly { readonly document: Document }[] = await parts.directory.documents(did);
  if (known.length === 0) return { contents: [about('Document not found.', request, did)], missed: did };
  const documents = known.map(({ document }) => document);
  const newest = Math.max(...documents.map(({ time }) => time ?? 0));
  const since = optionalTimeOf(request.content.fields, 'last_time');
  if (since !== undefined && since >= newest) {
    const template = 'Document not updated: ${did}, last time: ${time}.';
    return reply(answerReceipt('Document not updated.', request, template, { did: did.toString(), time: newest }));
  }
  if (did.toString() === request.sender.toString()) return NO_ANSWER;
  const meta = await parts.metaOf(did);
  const told: JsonMap = {
    command: 'documents',
    did: did.toString(),
    ...(meta !== undefined && { meta: meta.meta.fields }),
    documents: documents.map(({ fields }) => fields),
  };
  if (request.sender.type === EntityType.BOT) return reply(told);
  const secrets = (await parts.logins.of(did)).map(({ message }) => message);
  return secrets.length === 0 ? reply(told) : reply(told, { type: '255', secrets });
}

async function keepDocuments(
  parts: StationParts,
  request: Request,
  did: ID,
  offered: readonly unknown[],
): Promise<Answer> {
  const meta = fieldOf(request.content.fields, 'meta');
  if (isJsonMap(meta)) {
    const refusal = await keepMeta(parts, request, did, meta);
    if (refusal !== undefined) return reply(refusal);
  } else if ((await parts.metaOf(did)) === undefined) {
    return reply(about('Meta not found.', request, did));
  }
  const refusals: JsonMap[] = [];
  for (const one of offered) {
    const outcome = await keepDocument(parts, did, parts.dim.Document.tryParse(one));
    if (outcome !== 'kept') refusals.push(about(outcome, request, did));
  }
  const contents = refusals.length > 0 ? refusals : [about('Document received.', request, did)];
  return { contents, learned: did };
}

async function keepDocument(
  { clock, directory, writer }: StationParts,
  id: ID,
  document: Document | undefined,
): Promise<'kept' | 'Document not accepted.' | 'Document not changed.'> {
  if (document === undefined || !document.did.equals(id)) return 'Document not accepted.';
  if ((document.time ?? 0) > clock.now() + MAX_SKEW) return 'Document not changed.';
  const known = await directory.documents(id);
  // Brought again, it is received again.
  if (known.some(({ document: { data } }) => data === document.data)) return 'kept';
  try {
    const { documents } = await writer.learn({ id, documents: [document] });
    const [outcome] = documents;
    if (outcome === 'kept') return 'kept';
    return outcome === 'known' ? 'Document not changed.' : 'Document not accepted.';
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return 'Document not accepted.';
  }
}

/** Whether an error is about what was offered, and not about the disk. */
function isRefusal(error: unknown): boolean {
  return isDimError(error) && !error.code.startsWith('STORE_') && !error.code.startsWith('INTERNAL_');
}
