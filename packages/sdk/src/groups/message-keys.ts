/** Message keys of a group, one by one: encrypted for a member who asks, and taken from one who answers. */
import {
  Recipient,
  stringifyJson,
  VerifiedDocument,
  verifyDocument,
  Visa,
  type Change,
  type DecryptKey,
  type GroupKeysContent,
  type GroupMemberKey,
  type ID,
  type KeptMessageKey,
  type KeyDirection,
  type SymmetricKey,
} from 'dimp';
import { decodeUtf8, encodeUtf8, keyDigest, parseJsonMap } from 'dimp/extend';
import { MAX_MESSAGE_KEYS, recipientsDigest } from 'dimp/internal';
import type { GroupContext } from './group-context.ts';
import { knownMeta } from './known-group.ts';

/** Bytes of a message key: many times one with all its hints. */
const MAX_KEY_BYTES = 1024;

/** How many encrypted keys of one content are tried, with each private key: each costs an operation with it. */
const MAX_TRIES = 8;

/** A key that oneself writes with. */
export interface OwnGroupKey {
  readonly key: SymmetricKey;
  readonly digest: string;
  /** For whom it was made: those who are members now, and nobody else. */
  readonly recipients: readonly Recipient[];
}

/**
 * The key that oneself writes to a group with, as long as it is for exactly those who are members now: an older one was for
 * others, and a member who came later must not read what was written before.
 *
 * @param digest which one; any, if not given
 */
export async function ownGroupKey(
  context: GroupContext,
  group: ID,
  members: readonly ID[],
  digest: string | undefined,
): Promise<OwnGroupKey | undefined> {
  const { dim, store, self } = context;
  const direction: KeyDirection = { sender: self.entity, destination: group.entity };
  const kept = await newestKeys(context, direction, 'send');
  const asked = kept.filter((entry) => digest === undefined || entry.digest === digest);
  if (asked.length === 0) return undefined;
  const recipients = (await Promise.all(members.map(async (member) => recipientsOf({ dim, store }, member)))).flat();
  const current = recipientsDigest(dim, recipients);
  const entry = asked.find((item) => item.recipients === current);
  return entry && { key: dim.SymmetricKey.parse(entry.key), digest: entry.digest, recipients };
}

/** A key, encrypted for each device of some members. */
export async function encryptKeyFor(
  { key, recipients }: OwnGroupKey,
  members: readonly ID[],
): Promise<readonly GroupMemberKey[]> {
  const plaintext = encodeUtf8(stringifyJson(key.fields));
  const chosen = recipients.filter(({ id }) => members.some((member) => member.equals(id)));
  return Promise.all(
    chosen.map(async ({ id, key: encryptKey }) => ({ member: id, data: await encryptKey.encrypt(plaintext) })),
  );
}

/**
 * Takes a key of another member's from a content, if it is for oneself.
 * @returns what to keep; nothing where there is none that can be read, or it is kept already
 */
export async function takeGroupKey(
  context: GroupContext,
  { group, keys, digest }: GroupKeysContent,
  sender: ID,
): Promise<readonly Change[]> {
  const key = await decryptOwn(context, keys);
  if (key === undefined) return [];
  const own = keyDigest(context.dim, key);
  if (digest !== undefined && digest !== own) return [];
  const direction: KeyDirection = { sender: sender.entity, destination: group.entity };
  const kept = await newestKeys(context, direction, 'receive');
  if (kept.some((entry) => entry.digest === own)) return [];
  const entry: KeptMessageKey = { key, digest: own, isNamed: true, time: context.clock.now() };
  const dropped = kept.slice(MAX_MESSAGE_KEYS - 1);
  return [
    ...dropped.map((old): Change => ({ do: 'drop-message-key', direction, use: 'receive', digest: old.digest })),
    { do: 'keep-message-key', direction, use: 'receive', entry },
  ];
}

async function newestKeys(
  { store }: GroupContext,
  direction: KeyDirection,
  use: 'send' | 'receive',
): Promise<readonly KeptMessageKey[]> {
  return [...((await store.messageKeys(direction, use)) ?? [])].sort((one, other) => other.time - one.time);
}

/** Each device of a user, by visas that the user has signed. */
async function recipientsOf(
  { dim, store }: Pick<GroupContext, 'dim' | 'store'>,
  id: ID,
): Promise<readonly Recipient[]> {
  const meta = await knownMeta(dim, store, id);
  if (meta === undefined) return [];
  const recipients: Recipient[] = [];
  for (const item of (await store.documents(id)) ?? []) {
    const visa = VerifiedDocument.is(item) ? item.document : dim.Document.tryParse(item);
    const verified = visa instanceof Visa && (await verifyDocument(visa, meta));
    const recipient = verified ? Recipient.of(verified) : undefined;
    if (recipient !== undefined) recipients.push(recipient);
  }
  const byMeta = recipients.length === 0 ? Recipient.of(meta) : undefined;
  return byMeta === undefined ? recipients : [byMeta];
}

async function decryptOwn(context: GroupContext, keys: readonly GroupMemberKey[]): Promise<SymmetricKey | undefined> {
  const { dim, store, self } = context;
  const ring = (await store.keys(self)) ?? { decrypt: [] };
  const own = keys.filter(({ member }) => member.equals(self));
  const privateKeys = ring.decrypt.map(({ key }) => (isDecryptKey(key) ? key : dim.DecryptKey.parse(key)));
  const tries = own.flatMap(({ data }) => privateKeys.map((privateKey) => ({ data, privateKey })));
  for (const { data, privateKey } of tries.slice(0, MAX_TRIES)) {
    const key = await decryptKey(context, privateKey, data);
    if (key !== undefined) return key;
  }
  return undefined;
}

async function decryptKey(
  { dim }: GroupContext,
  privateKey: DecryptKey,
  data: Uint8Array,
): Promise<SymmetricKey | undefined> {
  try {
    const bytes = await privateKey.decrypt(data);
    if (bytes.length > MAX_KEY_BYTES) return undefined;
    const key = dim.SymmetricKey.parse(parseJsonMap(decodeUtf8(bytes)));
    // With PLAIN, what anybody wrote would look encrypted.
    return key.algorithm === 'PLAIN' ? undefined : key;
  } catch {
    return undefined;
  }
}

function isDecryptKey(key: DecryptKey | object): key is DecryptKey {
  return typeof (key as Partial<DecryptKey>).decrypt === 'function';
}
