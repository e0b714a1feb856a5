/** Where the secret of a key shows: in a map, or in the properties of an object, as logs and clones see them. */
import type { JsonMap } from 'mkm';
import { decodeBase64, encodeBase64, encodeUtf8 } from 'mkm/extend';
import { NAMES, SHORTEST } from '../report/secrets.ts';
import { includesBytes } from './bytes.ts';

/** How deep objects in objects are looked into: deeper than any console shows them. */
const DEPTH = 4;

/** Fewer bytes are no secret, and may stand anywhere by chance. */
const FEWEST_BYTES = 16;

/** A text of a key map that nobody else may see, and the bytes that it stands for. */
interface Secret {
  readonly text: string;
  readonly bytes: readonly Uint8Array[];
}

/** What is public of a key. */
interface PublicPart {
  readonly fields: JsonMap;
  readonly data?: Uint8Array;
}

/**
 * What is secret of a key map: `data`, and the other texts of a private map that are not public, too.
 * @param shown the public key; none for a symmetric key
 */
export function secretsOf(fields: JsonMap, shown?: PublicPart): readonly Secret[] {
  const { data } = fields;
  // Beside the data of a symmetric key there may be its number or its purpose.
  const secret = shown === undefined && typeof data === 'string' ? { data } : fields;
  return textsOf(secret)
    .filter(([name, text]) => text.length >= SHORTEST && !isPublic(name, text, shown))
    .map(([, text]) => ({ text: withoutBlanks(text), bytes: bytesOf(text) }));
}

/** The path to a secret in a value: `fields.data`; undefined where none is to be seen. */
export function placeOfSecret(value: unknown, secrets: readonly Secret[]): string | undefined {
  const seen = new Set<object>();
  const look = (at: unknown, path: string, depth: number): string | undefined => {
    if (typeof at === 'string') return secrets.some(({ text }) => withoutBlanks(at).includes(text)) ? path : undefined;
    if (typeof at !== 'object' || at === null || seen.has(at)) return undefined;
    seen.add(at);
    const bytes = bytesIn(at);
    if (bytes !== undefined)
      return secrets.some((secret) => secret.bytes.some((own) => includesBytes(bytes, own))) ? path : undefined;
    if (depth === 0) return undefined;
    // Objects as others see them: private fields and the getters of a class are not among the keys.
    for (const name of Object.keys(at)) {
      const found = look(Reflect.get(at, name), path === '' ? name : `${path}.${name}`, depth - 1);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return look(value, '', DEPTH);
}

/** The texts in a map, with the name of each. */
function textsOf(map: object): readonly (readonly [name: string, text: string])[] {
  return Object.entries(map).flatMap(([name, value]: [string, unknown]) => {
    if (typeof value === 'string') return [[name, value]];
    return typeof value === 'object' && value !== null ? textsOf(value) : [];
  });
}

/** A private map may repeat what is public: the name of a curve, the key's number, the public key itself. */
function isPublic(name: string, text: string, shown: PublicPart | undefined): boolean {
  if (NAMES.has(name) || /public/i.test(name)) return true;
  if (shown === undefined) return false;
  if (name !== 'data' && shown.fields[name] === text) return true;
  const data = shown.data === undefined ? undefined : encodeBase64(shown.data);
  return bytesOf(text).some((bytes) => encodeBase64(bytes) === data);
}

/** Lines are broken in another way in another place. */
function withoutBlanks(text: string): string {
  return text.replaceAll(/\s+/g, '');
}

/** The bytes that a text may stand for: in base64, in hex, and its letters. */
function bytesOf(text: string): readonly Uint8Array[] {
  const readings = [encodeUtf8(text)];
  if (/^[0-9a-f]+$/i.test(text)) readings.push(Uint8Array.from(text.match(/../g) ?? [], (two) => parseInt(two, 16)));
  try {
    readings.push(decodeBase64(text));
  } catch {
    // It is no base64.
  }
  return readings.filter(({ length }) => length >= FEWEST_BYTES);
}

/** An object that is bytes, or a list of them. */
function bytesIn(value: object): Uint8Array | undefined {
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  const tag = Object.prototype.toString.call(value);
  if (tag === '[object ArrayBuffer]') return new Uint8Array(value as ArrayBuffer);
  if (!Array.isArray(value) || value.length === 0) return undefined;
  return value.every((each) => Number.isInteger(each)) ? Uint8Array.from(value as number[]) : undefined;
}
