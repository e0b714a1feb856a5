/**
 * The wireShape `deployed`: numbers for types, and the names of earlier years beside today's, so that deployed clients
 * read what is new and old readers read what they know.
 */
import { ContentType, type JsonMap, type JsonValue } from 'dkd';
import { changeFields, fieldOf, isJsonMap, optionalFieldOf, parseJsonMap } from 'dkd/extend';
import { expandContentNames } from 'dkd/internal';

const FILE_TYPES: ReadonlySet<string> = new Set([
  ContentType.FILE,
  ContentType.IMAGE,
  ContentType.AUDIO,
  ContentType.VIDEO,
]);

/** Commands that name an ID. */
const COMMANDS_WITH_ID: ReadonlySet<string> = new Set(['meta', 'documents', 'login', 'storage']);

/** The map of a content in this wireShape. Old readers know no short names, also where contents are within contents. */
export function toDeployedContent(map: JsonMap): JsonMap {
  const fields = expandContentNames(map);
  const type = readText(fields, 'type');
  if (type === undefined) return fields;
  const written = changeFields(fields, { type: toNumber(type) });
  if (FILE_TYPES.has(type)) return withTwin(written, 'key', 'password');
  switch (type) {
    case ContentType.PAGE:
      return withTwin(written, 'HTML', 'html');
    case ContentType.NAME_CARD:
      return withTwin(written, 'did', 'ID');
    case ContentType.COMMAND:
    case ContentType.HISTORY:
      return toDeployedCommand(written);
    case ContentType.ARRAY:
      return mapList(written, 'contents', toDeployedItem);
    case ContentType.COMBINE_FORWARD:
      return mapList(written, 'messages', toDeployedInstantMessage);
    default:
      return written;
  }
}

/** Deployed clients know `document` by its older name only where it is the content of a message, and not in an array. */
function toDeployedItem(fields: JsonMap): JsonMap {
  const written = toDeployedContent(fields);
  if (readText(fields, 'command') !== 'documents') return written;
  return changeFields(written, { command: 'documents', cmd: 'documents' });
}

function toDeployedInstantMessage(fields: JsonMap): JsonMap {
  const content = fieldOf(fields, 'content');
  return isJsonMap(content) ? changeFields(fields, { content: toDeployedContent(content) }) : fields;
}

function toDeployedCommand(fields: JsonMap): JsonMap {
  const command = readText(fields, 'command') ?? readText(fields, 'cmd') ?? '';
  let written = withTwin(fields, 'command', 'cmd');
  if (COMMANDS_WITH_ID.has(command)) written = withTwin(written, 'did', 'ID');
  if (command === 'receipt') return toDeployedReceipt(written);
  if (command === 'login') return withTwinInside(withTwinInside(written, 'station'), 'provider');
  const meta = fieldOf(written, 'meta');
  if (meta !== undefined) written = changeFields(written, { meta: toDeployedMeta(meta) });
  return command === 'documents' ? toDeployedDocuments(written) : written;
}

/** Receipts once had the envelope of what they answer as `envelope`, and before that its fields among their own. */
function toDeployedReceipt(fields: JsonMap): JsonMap {
  const origin = fieldOf(fields, 'origin');
  if (!isJsonMap(origin)) return fields;
  const flat = ['sender', 'receiver', 'sn', 'signature'].filter((name) => optionalFieldOf(origin, name) !== undefined);
  const copies = Object.fromEntries(flat.map((name) => [name, fieldOf(origin, name)]));
  // A `receiver` that meant nothing by itself would be the origin's once there is a sender beside it.
  const isFlat = ['sender', 'signature'].some((name) => optionalFieldOf(fields, name) !== undefined);
  return changeFields(fields, { ...(!isFlat && { receiver: undefined }), envelope: origin, ...copies });
}

/** The command was `document`, with a single one: the newest is the one that old readers shall have. */
function toDeployedDocuments(fields: JsonMap): JsonMap {
  const documents = fieldOf(fields, 'documents');
  const renamed = { command: 'document', cmd: 'document' };
  if (!Array.isArray(documents)) return changeFields(fields, renamed);
  const written = documents.map((document: JsonValue) => toDeployedDocument(document));
  const [newest] = [...written].sort((one, other) => signedTime(other) - signedTime(one));
  return changeFields(fields, { ...renamed, documents: written, ...(newest !== undefined && { document: newest }) });
}

function signedTime(document: JsonValue): number {
  const data = isJsonMap(document) ? fieldOf(document, 'data') : undefined;
  if (typeof data !== 'string') return 0;
  const time = Number(fieldOf(parseJsonMap(data), 'time') ?? 0);
  return Number.isFinite(time) ? time : 0;
}

/** A meta with its type as a number, and as `version`. */
export function toDeployedMeta(meta: JsonValue): JsonValue {
  if (!isJsonMap(meta)) return meta;
  const type = toNumber(fieldOf(meta, 'type') ?? fieldOf(meta, 'version') ?? null);
  return type === null ? meta : changeFields(meta, { type, version: type });
}

/** A document with its ID as `ID` too. The signed data stays as it is. */
export function toDeployedDocument(document: JsonValue): JsonValue {
  return isJsonMap(document) ? withTwin(document, 'did', 'ID') : document;
}

/** Digits as the number that they are; anything else as it is. */
export function toNumber(value: JsonValue): JsonValue {
  return typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
}

/** The map with a field's value under both of its names: null is no value, and takes the place of none. */
function withTwin(fields: JsonMap, name: string, older: string): JsonMap {
  const value = optionalFieldOf(fields, name) ?? optionalFieldOf(fields, older);
  return value === undefined ? fields : changeFields(fields, { [name]: value, [older]: value });
}

function withTwinInside(fields: JsonMap, name: string): JsonMap {
  const inner = fieldOf(fields, name);
  return isJsonMap(inner) ? changeFields(fields, { [name]: withTwin(inner, 'did', 'ID') }) : fields;
}

function mapList(fields: JsonMap, name: string, change: (fields: JsonMap) => JsonMap): JsonMap {
  const list = fieldOf(fields, name);
  if (!Array.isArray(list)) return fields;
  return changeFields(fields, { [name]: list.map((item: JsonValue) => (isJsonMap(item) ? change(item) : item)) });
}

function readText(fields: JsonMap, name: string): string | undefined {
  const value = fieldOf(fields, name);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}
