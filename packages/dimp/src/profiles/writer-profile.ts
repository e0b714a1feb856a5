/** Writer profiles: in which of the shapes of the years a message is written. A reader takes them all. */
import { changeFields, DimError, fieldOf, isJsonMap, type JsonMap, type JsonValue } from 'dkd';
import { toNetworkContent, toNetworkDocument, toNetworkMeta, toNumber } from './network-profile.ts';

/**
 * - `2.4`: today's documented shapes. The default.
 * - `network`: what deployed clients of the family understand, old names beside new ones.
 * - `2.0`: as `2.4`, but a message for one receiver has one `key`.
 */
export type WriterProfile = '2.4' | 'network' | '2.0';

const PROFILES: readonly unknown[] = ['2.4', 'network', '2.0'] satisfies readonly WriterProfile[];

/** @throws DimError `USAGE_ARGUMENT` for what would be written in no known shape */
export function checkProfile(profile: WriterProfile | undefined): void {
  if (profile === undefined || PROFILES.includes(profile)) return;
  throw new DimError('USAGE_ARGUMENT', `must be one of ${PROFILES.join(', ')}`, { path: 'profile' });
}

/** The map of a content as a profile writes it; before it is encrypted. */
export function contentForProfile(fields: JsonMap, profile: WriterProfile): JsonMap {
  return profile === 'network' ? toNetworkContent(fields) : fields;
}

/**
 * The map of a message as a profile writes it. What is signed and encrypted stays as it is.
 */
export function messageForProfile(fields: JsonMap, profile: WriterProfile): JsonMap {
  if (profile === 'network') return toNetworkMessage(fields);
  return profile === '2.0' ? withSingleKey(fields) : fields;
}

function toNetworkMessage(fields: JsonMap): JsonMap {
  const { type, meta, visa } = fields;
  return changeFields(fields, {
    // Where there is no key, its name alone says nothing to clients that know no such names.
    ...(encryptedKeysOf(fields).length === 0 && { keys: undefined }),
    ...(type !== undefined && { type: toNumber(type) }),
    ...(meta !== undefined && { meta: toNetworkMeta(meta) }),
    ...(visa !== undefined && { visa: toNetworkDocument(visa) }),
  });
}

function withSingleKey(fields: JsonMap): JsonMap {
  const [key, ...more] = encryptedKeysOf(fields);
  // With a key for each of several terminals there is no single one.
  return more.length === 0 ? changeFields(fields, { keys: undefined, key }) : fields;
}

/** The keys of a message, without the name of the one that they encrypt. */
function encryptedKeysOf(fields: JsonMap): readonly JsonValue[] {
  const keys = fieldOf(fields, 'keys');
  const entries = isJsonMap(keys) ? Object.entries(keys) : [];
  return entries.filter(([name]) => name !== 'digest').map(([, key]) => key);
}
