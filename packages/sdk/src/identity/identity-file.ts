/**
 * What an exported identity holds, as a text and as values.
 *
 * The armoured text is `{ "format": "dim identity", "version": 1, "sealed": { see sealed-secret.ts } }`. Its label is
 * `dim identity 1`, and the secret:
 *
 * `{ "id": ID, "meta": {…}, "visas": [{…}],
 *    "keys": { "identity": {private key map}, "decrypt": [ { "terminal"?: "phone", "key": {private key map} } ] },
 *    "contacts": [ { "id": ID, "meta"?: {…}, "visas"?: [{…}] } ] }`
 */
import {
  DEFAULT_LIMITS,
  DimError,
  Visa,
  type Contact,
  type Dim,
  type Document,
  type JsonMap,
  type JsonValue,
  parseJson,
  stringifyJson,
  type User,
} from 'dimp';
import {
  copyJsonMap,
  decodeUtf8,
  encodeUtf8,
  isJsonMap,
  mapOf,
  optionalListOf,
  optionalMapOf,
  parseJsonMap,
  requiredOf,
  textOf,
  within,
} from 'dimp/extend';
import { asDimError } from 'dimp/internal';
import type { KeyVault } from '../ports/key-vault.ts';
import { isOfApplication } from '../store/own-fault.ts';
import { readKeys, ringMap } from '../store/sealed-ring.ts';
import { armour, readArmour } from './armour.ts';
import { checkVersion } from './sealed-secret.ts';

const FORMAT = 'dim identity';
const VERSION = 1;
const LABEL = `${FORMAT} ${VERSION}`;

/** Bytes of JSON. */
const MAX_BYTES = 16 * 1024 * 1024;

/** More than a person has in a life. */
const MAX_KEYS = 1000;

/** A contact may be known by the ID alone. */
export type ExportedContact = Pick<Contact, 'id'> & Partial<Contact>;

/** A contact in a file that cannot be read. */
export interface RefusedContact {
  /** What stands in the place of its ID. */
  readonly id: string;
  readonly error: DimError;
}

/** What a file holds. */
export interface IdentityContent {
  readonly user: User;
  readonly contacts: readonly ExportedContact[];
}

/** What was read of a file; nothing of it is verified. */
export interface ReadIdentity extends IdentityContent {
  readonly refused: readonly RefusedContact[];
}

/** @throws DimError `USAGE_ARGUMENT` for a key that has no map, or for too many contacts */
export async function writeIdentity(content: IdentityContent, vault: KeyVault): Promise<string> {
  const { user, contacts } = content;
  const secret = encodeUtf8(
    stringifyJson({
      ...contactMap(user),
      keys: ringMap(user.keys),
      contacts: contacts.map((contact) => contactMap(contact)),
    }),
  );
  try {
    if (secret.length > MAX_BYTES)
      throw new DimError('USAGE_ARGUMENT', `has more than ${MAX_BYTES} bytes`, { path: 'contacts' });
    return armour(stringifyJson({ format: FORMAT, version: VERSION, sealed: await vault.seal(secret, LABEL) }));
  } finally {
    secret.fill(0);
  }
}

function contactMap({ id, meta, visas }: ExportedContact): JsonMap {
  return {
    id: id.toString(),
    ...(meta !== undefined && { meta: meta.fields }),
    ...(visas !== undefined && { visas: visas.map(({ fields }) => fields) }),
  };
}

/** @throws DimError `INPUT_…`, `UNSUPPORTED_…`, `STORE_VERSION`, `VAULT_PASSPHRASE` */
export async function readIdentity(dim: Dim, text: string, vault: KeyVault): Promise<ReadIdentity> {
  const fields = parseJsonMap(readArmour(text));
  if (textOf(fields, 'format') !== FORMAT) throw new DimError('INPUT_FORMAT', `must be ${FORMAT}`, { path: 'format' });
  checkVersion(fields, VERSION);
  const sealed = mapOf(fields, 'sealed');
  const secret = await vault.open(sealed, LABEL).catch((error: unknown) => {
    throw isOfApplication(error) ? error : asDimError(error).within('sealed');
  });
  try {
    if (secret.length > MAX_BYTES) throw new DimError('INPUT_LIMIT', `has more than ${MAX_BYTES} bytes`);
    return readContent(dim, decodeUtf8(secret));
  } finally {
    secret.fill(0);
  }
}

function readContent(dim: Dim, text: string): ReadIdentity {
  const fields = parseJson(text, { ...DEFAULT_LIMITS, jsonValues: MAX_BYTES });
  if (!isJsonMap(fields)) throw new DimError('INPUT_TYPE', 'must be a map');
  const id = requiredOf(fields, 'id', (value) => dim.ID.parse(value));
  const visas = (readDocuments(dim, fields) ?? []).filter((visa) => visa instanceof Visa);
  const meta = requiredOf(fields, 'meta', (map) => dim.Meta.parse(map));
  const ring = mapOf(fields, 'keys');
  const keys = within('keys', () => readUserKeys(dim, ring));
  const contacts: ExportedContact[] = [];
  const refused: RefusedContact[] = [];
  for (const [index, entry] of (optionalListOf(fields, 'contacts') ?? []).entries()) {
    try {
      contacts.push(within(`contacts[${index}]`, () => readContact(dim, copyJsonMap(entry))));
    } catch (error) {
      refused.push({ id: shownId(entry), error: asDimError(error) });
    }
  }
  return { user: { id, meta, visas, keys }, contacts, refused };
}

function readUserKeys(dim: Dim, fields: JsonMap): User['keys'] {
  const { identity, decrypt } = readKeys(fields, dim);
  if (identity === undefined) throw new DimError('INPUT_MISSING', 'is required', { path: 'identity' });
  if (decrypt.length > MAX_KEYS)
    throw new DimError('INPUT_LIMIT', `has more than ${MAX_KEYS} keys`, { path: 'decrypt' });
  return { identity, decrypt };
}

function readContact(dim: Dim, fields: JsonMap): ExportedContact {
  const id = requiredOf(fields, 'id', (value) => dim.ID.parse(value));
  if (!id.isUser || id.isBroadcast) throw new DimError('INPUT_CONFLICT', 'must be a user', { path: 'id' });
  const meta = optionalMapOf(fields, 'meta');
  const visas = readDocuments(dim, fields);
  return {
    id,
    ...(meta !== undefined && { meta: within('meta', () => dim.Meta.parse(meta)) }),
    ...(visas !== undefined && { visas }),
  };
}

function readDocuments(dim: Dim, fields: JsonMap): readonly Document[] | undefined {
  return optionalListOf(fields, 'visas')?.map((map, index) => within(`visas[${index}]`, () => dim.Document.parse(map)));
}

function shownId(entry: JsonValue): string {
  const id = isJsonMap(entry) ? entry['id'] : undefined;
  return typeof id === 'string' ? id.slice(0, DEFAULT_LIMITS.idLength) : '';
}
