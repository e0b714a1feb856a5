/** IDs, metas and documents that somebody else wrote. */
import { Bulletin, stringifyJson, verifyMeta, Visa, type JsonMap } from 'dimp';
import { parseJsonMap } from 'dimp/extend';
import { Refusal } from '../side.ts';
import { optionalText, text } from '../values.ts';
import { dim } from './dim.ts';

export function readId(parameters: JsonMap): JsonMap {
  const id = dim.ID.parse(text(parameters, 'text'));
  return {
    text: id.toString(),
    name: id.name ?? '',
    address: id.address.toString(),
    terminal: id.terminal ?? '',
    type: id.type,
    isGroup: id.isGroup,
    isBroadcast: id.isBroadcast,
  };
}

export async function readMeta(parameters: JsonMap): Promise<JsonMap> {
  const meta = dim.Meta.parse(parseJsonMap(text(parameters, 'meta')));
  if (!(await meta.verify())) throw new Refusal('the meta is not valid');
  const id = optionalText(parameters, 'id');
  if (id !== undefined && !(await verifyMeta(meta, dim.ID.parse(id))))
    throw new Refusal('the meta is not that of the ID');
  const networks = (parameters['networks'] ?? []) as readonly number[];
  return { type: meta.type, seed: meta.seed ?? '', ids: networks.map((network) => meta.id(network).toString()) };
}

export async function readDocument(parameters: JsonMap): Promise<JsonMap> {
  const meta = dim.Meta.parse(parseJsonMap(text(parameters, 'meta')));
  const document = dim.Document.parse(parseJsonMap(text(parameters, 'document')));
  if (!(await document.verify(meta.publicKey))) throw new Refusal('the document is not signed by its owner');
  return {
    map: stringifyJson(document.fields),
    properties: stringifyJson(document.properties),
    name: document.name ?? '',
    ...(document instanceof Visa && visaParts(document)),
    ...(document instanceof Bulletin && document.founder !== undefined && { founder: document.founder.toString() }),
  };
}

function visaParts({ encryptKey, avatar }: Visa): JsonMap {
  return {
    ...(encryptKey !== undefined && { key: stringifyJson(encryptKey.fields) }),
    ...(avatar !== undefined && { avatar: avatar.toJSON() }),
  };
}
