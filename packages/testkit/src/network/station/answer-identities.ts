/** Answers to those who ask for metas and documents, and to those who bring them. */
import { EntityType, isDimError, type Document, type ID, type JsonMap, type Meta } from 'dimp';
import { fieldOf, fieldOfAny, isJsonMap, optionalFieldOf, optionalTimeOf } from 'dimp/extend';
import { NO_ANSWER, reply, type Answer, type Request } from './answer.ts';
import { answerReceipt } from './receipts.ts';
import type { StationContext } from './station-context.ts';

/** How far the time of a document may be ahead, in seconds. */
const MAX_SKEW = 30 * 60;

/** A receipt about an ID; its template says the same, with the ID. */
function about(text: string, request: Request, did: ID, more: JsonMap = {}): JsonMap {
  const template = `${text.replace(/\.$/, '')}: \${did}.`;
  return answerReceipt(text, request, template, { did: did.toString(), ...more });
}

/** `meta`: a query, or a meta. */
export async function answerMeta(context: StationContext, request: Request): Promise<Answer> {
  const did = subjectOf(context, request);
  if (did === undefined) return reply(answerReceipt('Meta command error.', request));
  const offered = optionalFieldOf(request.content.fields, 'meta');
  if (offered === undefined) return answerMetaQuery(context, request, did);
  const refusal = await keepMeta(context, request, did, offered);
  if (refusal !== undefined) return reply(refusal);
  return { contents: [about('Meta received.', request, did)], learned: did };
}

function answerMetaQuery(context: StationContext, request: Request, did: ID): Answer {
  const meta = context.metaOf(did);
  if (meta === undefined) return reply(about('Meta not found.', request, did));
  if (did.equals(request.message.sender)) return NO_ANSWER;
  return reply({ command: 'meta', did: did.toString(), meta: meta.fields });
}

function subjectOf({ dim }: StationContext, { content }: Request): ID | undefined {
  return dim.ID.tryParse(fieldOfAny(content.fields, ['did', 'ID']));
}

/** @returns the receipt that says why not */
async function keepMeta(
  context: StationContext,
  request: Request,
  did: ID,
  offered: unknown,
): Promise<JsonMap | undefined> {
  const meta = context.dim.Meta.tryParse(offered);
  if (meta === undefined || !meta.matches(did)) return about('Meta not valid.', request, did);
  const isKept = await learn(context, did, meta);
  return isKept ? undefined : about('Meta not accepted.', request, did);
}

async function learn({ writer }: StationContext, id: ID, meta: Meta): Promise<boolean> {
  try {
    await writer.learn({ id, meta });
    return true;
  } catch (error) {
    if (!isDimError(error)) throw error;
    return false;
  }
}

/** `documents`: a query, or documents; also as `document` with a single one. */
export async function answerDocuments(context: StationContext, request: Request): Promise<Answer> {
  const did = subjectOf(context, request);
  if (did === undefined) return reply(answerReceipt('Document command error.', request));
  const { fields } = request.content;
  const list = optionalFieldOf(fields, 'documents');
  const single = fieldOfAny(fields, ['document', 'profile']);
  const offered = Array.isArray(list) ? list : single === undefined ? undefined : [single];
  if (offered === undefined) return answerDocumentsQuery(context, request, did);
  return keepDocuments(context, request, did, offered);
}

function answerDocumentsQuery(context: StationContext, request: Request, did: ID): Answer {
  const documents = context.documentsOf(did);
  if (documents.length === 0) return reply(about('Document not found.', request, did));
  const newest = Math.max(...documents.map(({ time }) => time ?? 0));
  const known = optionalTimeOf(request.content.fields, 'last_time');
  if (known !== undefined && known >= newest) {
    const template = 'Document not updated: ${did}, last time: ${time}.';
    const replacements = { did: did.toString(), time: newest };
    return reply(answerReceipt('Document not updated.', request, template, replacements));
  }
  if (did.toString() === request.sender.toString()) return NO_ANSWER;
  const meta = context.metaOf(did)?.fields;
  const told: JsonMap = {
    command: 'documents',
    did: did.toString(),
    ...(meta !== undefined && { meta }),
    documents: documents.map(({ fields }) => fields),
  };
  const secrets = request.sender.type === EntityType.BOT ? [] : context.logins.of(did).map(({ fields }) => fields);
  return secrets.length === 0 ? reply(told) : reply(told, { type: '255', secrets });
}

async function keepDocuments(
  context: StationContext,
  request: Request,
  did: ID,
  offered: readonly unknown[],
): Promise<Answer> {
  const meta = fieldOf(request.content.fields, 'meta');
  if (isJsonMap(meta)) {
    const refusal = await keepMeta(context, request, did, meta);
    if (refusal !== undefined) return reply(refusal);
  } else if (context.metaOf(did) === undefined) {
    return reply(about('Meta not found.', request, did));
  }
  const refusals: JsonMap[] = [];
  for (const one of offered) {
    const outcome = await keepDocument(context, did, context.dim.Document.tryParse(one));
    if (outcome !== 'kept') refusals.push(about(outcome, request, did));
  }
  const contents = refusals.length > 0 ? refusals : [about('Document received.', request, did)];
  return { contents, learned: did };
}

async function keepDocument(
  context: StationContext,
  id: ID,
  document: Document | undefined,
): Promise<'kept' | 'Document not accepted.' | 'Document not changed.'> {
  if (document === undefined || !document.did.equals(id)) return 'Document not accepted.';
  if ((document.time ?? 0) > context.clock.now() + MAX_SKEW) return 'Document not changed.';
  // Brought again, it is received again.
  if (context.documentsOf(id).some(({ data }) => data === document.data)) return 'kept';
  const { documents } = await context.writer.learn({ id, documents: [document] });
  const [outcome] = documents;
  if (outcome === 'kept') return 'kept';
  return outcome === 'known' ? 'Document not changed.' : 'Document not accepted.';
}
