/** Messages: packed for others, and read as they come. */
import { DimError, keyDirection, stringifyJson, type ID, type JsonMap, type PackOptions, type WireShape } from 'dimp';
import { contentInShape, decodeUtf8, encodeUtf8 } from 'dimp/extend';
import { optionalText, text } from '../values.ts';
import { dim } from './dim.ts';
import { makeContent, readContent } from './kinds.ts';
import type { OwnMemory } from './memory.ts';

export async function pack({ store }: OwnMemory, parameters: JsonMap): Promise<JsonMap> {
  const shape = (optionalText(parameters, 'shape') ?? '2.4') as WireShape;
  const content = makeContent(text(parameters, 'kind'), parameters['values'] as JsonMap);
  const [user, receiver] = [dim.ID.parse(text(parameters, 'sender')), dim.ID.parse(text(parameters, 'receiver'))];
  const keepsKey = parameters['keepKey'] === true;
  if (keepsKey) forgetKeys(store, user, receiver);
  const options: PackOptions = {
    wireShape: shape,
    shortNames: parameters['shortNames'] === true,
    reuseKey: keepsKey || parameters['reuseKey'] === true,
    introduce: parameters['introduce'] === true,
    proveEnvelope: parameters['proveEnvelope'] === true,
    exposeGroup: parameters['exposedGroup'] !== undefined,
  };
  const messenger = dim.messenger({ self: user, store });
  const bytes = await messenger.pack(content, receiver, options);
  // What is packed here is read by the other side before the next is packed.
  if (options.reuseKey === true) await messenger.handedOver(bytes);
  return { package: decodeUtf8(bytes), content: stringifyJson(contentInShape(content.fields, shape)) };
}

/** Begins anew with a person or group, so that the next message brings a key. */
function forgetKeys(store: OwnMemory['store'], sender: ID, receiver: ID): void {
  const direction = keyDirection({ sender, receiver, group: undefined });
  const known = store.messageKeys(direction, 'send');
  store.commit(known.map(({ digest }) => ({ do: 'drop-message-key', direction, use: 'send', digest })));
}

export async function unpack(memory: OwnMemory, parameters: JsonMap): Promise<JsonMap> {
  const user = dim.ID.parse(text(parameters, 'receiver'));
  memory.takeTo(user);
  // Contents of any year, each of them once.
  const replay = { maxAge: Infinity, maxSkew: Infinity };
  const messenger = dim.messenger({ self: user, store: memory.store, replay });
  const { content, sender, group, introduction } = await messenger.unpack(encodeUtf8(text(parameters, 'package')));
  return {
    sender: sender.toString(),
    content: stringifyJson(content.fields),
    values: readContent(text(parameters, 'kind'), content),
    ...(group !== undefined && { group: group.toString() }),
    ...(introduction instanceof DimError && { introduction: 'refused' }),
  };
}
