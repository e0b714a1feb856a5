/** Payload: what a message has beside its envelope, in any of its forms. It is the large part of a message. */
import type { JsonMap, JsonValue } from 'mkm';
import { setField, type JsonMember } from 'mkm/internal';

/** The long names of payload. */
export const PAYLOAD_FIELDS = [
  'content',
  'data',
  'key',
  'keys',
  'signature',
  'meta',
  'visa',
  'envelope_proof',
] as const;

const LONG_NAMES: ReadonlySet<string> = /* @__PURE__ */ new Set(PAYLOAD_FIELDS);

/** The map of a message, with long names, without its payload. */
export function withoutPayload(fields: JsonMap): JsonMap {
  const kept: { [name: string]: JsonValue } = {};
  for (const name of Object.keys(fields)) {
    if (LONG_NAMES.has(name)) continue;
    // It would do for the others too, but this is on the way of each small package that a relay reads.
    if (name === '__proto__') setField(kept, name, fields[name]);
    else kept[name] = fields[name] as JsonValue;
  }
  return Object.freeze(kept);
}

/** The short names of payload, and the long names that they may contradict. */
const SHORT = ['D', 'K', 'V', 'M', 'P'] as const;
const LONG = ['data', 'key', 'keys', 'signature', 'meta', 'visa'] as const;

/** What kind of name a member of a package has, where it is payload. */
export type PayloadName = 'short' | 'long' | 'only';

const KINDS = /* @__PURE__ */ new Map<string, PayloadName>([
  ...PAYLOAD_FIELDS.map((name) => [name, 'only'] as const),
  ...LONG.map((name) => [name, 'long'] as const),
  ...SHORT.map((name) => [name, 'short'] as const),
]);

/** By the length of the name, so that nearly no name is looked at. */
const NAMES_BY_LENGTH: readonly (readonly (readonly [name: string, kind: PayloadName])[])[] =
  /* @__PURE__ */ Array.from({ length: 1 + Math.max(...[...KINDS.keys()].map((name) => name.length)) }, (_, length) =>
    [...KINDS].filter(([name]) => name.length === length),
  );

/** What kind of payload a member of a package is, by its name: `only` has no other name. Undefined for anything else. */
export function payloadNameOf(bytes: Uint8Array, { nameStart, nameEnd }: JsonMember): PayloadName | undefined {
  for (const [name, kind] of NAMES_BY_LENGTH[nameEnd - nameStart] ?? []) {
    if (isAt(bytes, nameStart, name)) return kind;
  }
  return undefined;
}

/** @param text of ASCII alone */
function isAt(bytes: Uint8Array, start: number, text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    if (bytes[start + index] !== text.charCodeAt(index)) return false;
  }
  return true;
}
