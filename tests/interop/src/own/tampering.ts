/** Makes what nobody may accept of what is sound, with this library's own classes. */
import { stringifyJson, type JsonMap, type JsonValue } from 'dimp';
import { changeFields, decodeBase64, encodeBase64, parseJsonMap, textOf } from 'dimp/extend';
import { Unsupported } from '../side.ts';
import { asText, optionalText, text } from '../values.ts';
import { dim } from './dim.ts';

/** What was sound, and another sound one to take parts of. */
interface Given {
  readonly map: JsonMap;
  readonly other: JsonMap;
}

type Change = (given: Given) => Promise<{ readonly [name: string]: JsonValue | undefined }>;

const CHANGES: Readonly<Record<string, Readonly<Record<string, Change>>>> = {
  message: {
    'data changed': async ({ map }) => ({ data: flip(textOf(map, 'data')) }),
    'data cut off': async ({ map }) => ({ data: encodeBase64(decodeBase64(textOf(map, 'data')).slice(0, -16)) }),
    'signature of another sender': async ({ map }) => ({ signature: await forge(decodeBase64(textOf(map, 'data'))) }),
    'signature of another message': async ({ other }) => ({ signature: other['signature'] }),
    'signature changed': async ({ map }) => ({ signature: flip(textOf(map, 'signature')) }),
    'no signature': async () => ({ signature: undefined }),
    'empty signature': async () => ({ signature: '' }),
    'sender changed': async ({ other }) => ({ sender: other['sender'] }),
    'data of another message': async ({ other }) => ({ data: other['data'] }),
    'keys of another message': async ({ map, other }) => {
      const [key] = Object.values(other['keys'] as JsonMap);
      const names = Object.keys(map['keys'] as JsonMap);
      return { keys: Object.fromEntries(names.map((name) => [name, key ?? ''])) };
    },
    'attached meta of another': async ({ other }) => ({ meta: other['meta'] }),
    'attached visa of another': async ({ other }) => ({ visa: other['visa'] }),
    'attached visa changed': async ({ map }) => {
      const visa = map['visa'] as JsonMap;
      return { visa: changeFields(visa, await withOtherName(visa)) };
    },
    'no receiver that can be read': async () => ({ receiver: 'nobody at all' }),
  },
  meta: {
    'key of another': async ({ map }) => {
      const { publicKey } = await dim.PrivateKey.generate(textOf(map['key'] as JsonMap, 'algorithm'));
      return { key: publicKey.fields };
    },
    'seed changed': async ({ map }) => ({ seed: `${textOf(map, 'seed')}1` }),
    'fingerprint changed': async ({ map }) => ({ fingerprint: flip(textOf(map, 'fingerprint')) }),
    'no fingerprint': async () => ({ fingerprint: undefined }),
    'type changed': async ({ map }) => ({ type: asText(map['type']) === '2' ? '4' : '2' }),
  },
  document: {
    'property changed': async ({ map }) => withOtherName(map),
    'signature of another': async ({ map }) => ({
      signature: await forge(new TextEncoder().encode(textOf(map, 'data'))),
    }),
    'signature changed': async ({ map }) => ({ signature: flip(textOf(map, 'signature')) }),
    'no signature': async () => ({ signature: undefined }),
  },
};

export async function tamper(parameters: JsonMap): Promise<JsonMap> {
  const [what, how] = [text(parameters, 'what'), text(parameters, 'how')];
  const change = CHANGES[what]?.[how];
  if (change === undefined) throw new Unsupported(how);
  const map = parseJsonMap(text(parameters, 'map'));
  const other = parseJsonMap(optionalText(parameters, 'other') ?? '{}');
  return { map: stringifyJson(changeFields(map, await change({ map, other }))) };
}

async function withOtherName(document: JsonMap): Promise<JsonMap> {
  const properties = parseJsonMap(textOf(document, 'data'));
  return { data: stringifyJson(changeFields(properties, { name: 'Somebody Else' })) };
}

/** A good signature, of nobody who was asked. */
async function forge(data: Uint8Array): Promise<string> {
  return encodeBase64(await (await dim.PrivateKey.generate('ECC')).sign(data));
}

/** The bytes with a bit changed in the middle. */
function flip(value: string): string {
  const bytes = decodeBase64(value);
  const middle = Math.floor(bytes.length / 2);
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  return encodeBase64(bytes);
}
