/** What is no message, and which command is for it. */
import { decodeUtf8, isJsonMap, parseJsonMap } from 'dimp/extend';
import type { MessageExplanation } from 'dimp';
import { ifReadable } from 'dimp/internal';
import { dim } from '../home/dim.ts';
import { printable } from '../text/printable.ts';
import { damageOf } from './damage.ts';

/** What it is, in one sentence; undefined where it is a message, or nothing that is known. */
export function somethingElse(bytes: Uint8Array, { form }: MessageExplanation): string | undefined {
  switch (form.is) {
    case 'meta':
      return 'This is a meta, the key of an identity: `dim contact add` takes it with its ID, as `dim id show --contact` prints it.';
    case 'document':
      return 'This is a document, such as a visa: `dim contact add` takes it with its ID and meta, as `dim id show --contact` prints it.';
    case 'key':
      return isSecret(bytes)
        ? 'This is a secret key. Whoever has it is who it is of: show it to nobody.'
        : 'This is a public key: a meta or a visa says whose it is.';
    case 'content':
      return 'This is a content without the message around it, in which nobody encrypted or signed it.';
    case 'something-else':
      return ofMap(bytes);
    case 'not-a-map':
    case 'unreadable':
      return ofText(bytes);
    case 'message':
    case 'unsigned-message':
    case 'instant-message':
    case 'envelope':
    default:
      return undefined;
  }
}

function ofMap(bytes: Uint8Array): string | undefined {
  if (isSecret(bytes)) return 'There are private keys in this. Whoever has them is who they are of: show it to nobody.';
  const map = ifReadable(() => parseJsonMap(textOf(bytes)));
  if (map === undefined) return undefined;
  if (dim.ID.tryParse(map['id']) !== undefined && isJsonMap(map['meta']))
    return 'This is a contact: `dim contact add FILE` takes it.';
  const names = Object.keys(map);
  const has = names.slice(0, MAX_NAMES).map((name) => `"${printable(name, MAX_NAME)}"`);
  const more = names.length > has.length ? ['more'] : [];
  const found = names.length === 0 ? 'nothing in it' : [...has, ...more].join(', ');
  return `This is JSON, and no message: a message has "sender", "data" and "signature"; this has ${found}. If there are messages inside, give them one a line, or as a list.`;
}

const MAX_NAMES = 5;
const MAX_NAME = 40;

/** Longer texts are no ID. */
const MAX_ID = 300;

function ofText(bytes: Uint8Array): string | undefined {
  const text = textOf(bytes).trim();
  if (text === '') return 'There is nothing in it.';
  if (isSecret(bytes)) return 'There are private keys in this. Whoever has them is who they are of: show it to nobody.';
  // What people ask about most: a message of which something got lost. There are keys in PEM in it.
  const damage = damageOf(ifReadable(() => decodeUtf8(bytes))?.trim() ?? '');
  if (damage !== undefined) return damage;
  if (/^-----BEGIN /m.test(text)) return 'This is a key in PEM, and no message.';
  if (isWords(text)) return 'These may be the words that bring an identity back: show them to nobody.';
  const id = text.length > MAX_ID ? undefined : dim.ID.tryParse(text.replaceAll('"', ''));
  if (id !== undefined) return 'This is an ID: `dim id show ID` tells what is known of it.';
  if (text.startsWith('ACK:')) return 'This is the acknowledgment of a message over a WebSocket, and no message.';
  return /^"?(?:PING|PONG|NOOP|OK)"?$/.test(text)
    ? 'This is a sign of life between a client and a station, and no message.'
    : undefined;
}

/** Twelve or twenty-four words of a list. */
function isWords(text: string): boolean {
  const words = text.split(/\s/).filter((word) => word !== '');
  return (words.length === 12 || words.length === 24) && words.every((word) => /^[a-z]{3,8}$/.test(word));
}

function isSecret(bytes: Uint8Array): boolean {
  const text = textOf(bytes);
  if (text.includes('PRIVATE KEY-----')) return true;
  const map = ifReadable(() => parseJsonMap(text));
  return map?.['algorithm'] === 'AES';
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes.subarray(0, MAX_LOOKED_AT));
}

/** Keys and contacts are smaller. */
const MAX_LOOKED_AT = 256 * 1024;
