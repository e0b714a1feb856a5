/** Messages: packed for others, and read as they come. */
import {
  contentForProfile,
  decodeUtf8,
  encodeUtf8,
  stringifyJson,
  type JsonMap,
  type PackOptions,
  type WriterProfile,
} from 'dimp';
import { optionalText, text } from '../values.ts';
import { dim } from './dim.ts';
import { makeContent, readContent } from './kinds.ts';
import type { OwnMemory } from './memory.ts';

export async function pack({ store }: OwnMemory, parameters: JsonMap): Promise<JsonMap> {
  const profile = (optionalText(parameters, 'profile') ?? '2.4') as WriterProfile;
  const content = makeContent(text(parameters, 'kind'), parameters['values'] as JsonMap);
  const options: PackOptions = {
    profile,
    shortNames: parameters['shortNames'] === true,
    reuseKey: parameters['reuseKey'] === true,
    introduce: parameters['introduce'] === true,
    proveEnvelope: parameters['proveEnvelope'] === true,
    exposeGroup: parameters['exposedGroup'] !== undefined,
  };
  const messenger = dim.messenger({ user: dim.ID.parse(text(parameters, 'sender')), store });
  const bytes = await messenger.pack(content, dim.ID.parse(text(parameters, 'receiver')), options);
  return { package: decodeUtf8(bytes), content: stringifyJson(contentForProfile(content.fields, profile)) };
}

export async function unpack(memory: OwnMemory, parameters: JsonMap): Promise<JsonMap> {
  const user = dim.ID.parse(text(parameters, 'receiver'));
  memory.takeTo(user);
  const messenger = dim.messenger({ user, store: memory.store });
  const { content, sender, group } = await messenger.unpack(encodeUtf8(text(parameters, 'package')));
  return {
    sender: sender.toString(),
    content: stringifyJson(content.fields),
    values: readContent(text(parameters, 'kind'), content),
    ...(group !== undefined && { group: group.toString() }),
  };
}
