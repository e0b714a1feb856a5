/** An identity with its keys in files that nobody has sealed: a backup of a user, or the files of another client. */
import {
  canDecrypt,
  DimError,
  hasSameKey,
  parseJson,
  Visa,
  type DecryptKey,
  type JsonMap,
  type JsonValue,
  type Meta,
  type PrivateKey,
  type TerminalKey,
  type User,
} from 'dimp';
import { encodeUtf8, isJsonMap, optionalListOf, optionalTextOf, within } from 'dimp/extend';
import { equalBytes } from 'dimp/internal';
import type { Call } from '../command/call.ts';
import { wrong } from '../command/wrong.ts';
import { dim } from '../home/dim.ts';
import { partsOf, readKnownParts } from '../documents/read-parts.ts';
import { readTextInput } from '../input/read-input.ts';
import { readKey } from '../keys/read-key.ts';

/** Where the rest of an identity is, beside its private key. */
export interface UserFiles {
  readonly meta?: string | undefined;
  readonly documents?: string | undefined;
  /** More private keys: those of visas. */
  readonly keys?: string | undefined;
  readonly id?: string | undefined;
}

/**
 * Reads a user; whether its parts belong together, whoever keeps it checks.
 * @throws DimError `INPUT_…`, `UNSUPPORTED_…`; `CRYPTO_VERIFY` where no key is that of the meta; `USAGE_ARGUMENT` where a file lacks
 */
export async function readUser(call: Call, text: string, files: UserFiles): Promise<User> {
  const value = text.trimStart().startsWith('{') ? parseJson(text) : undefined;
  if (isJsonMap(value) && isJsonMap(value['keys']) && value['meta'] !== undefined) return readBackup(value);
  return readFiles(call, text, files);
}

/** What `JSON.stringify(user)` gives. */
function readBackup(fields: JsonMap): User {
  const { id, meta, documents } = partsOf(fields);
  const keys = fields['keys'] as JsonMap;
  return {
    id: within('id', () => dim.ID.parse(id)),
    meta: within('meta', () => dim.Meta.parse(meta)),
    visas: visasIn(documents),
    keys: {
      identity: within('keys.identity', () => dim.PrivateKey.parse(keys['identity'])),
      decrypt: within('keys', () => optionalListOf(keys, 'decrypt') ?? []).map((entry, index) =>
        within(`keys.decrypt[${index}]`, () => readTerminalKey(entry)),
      ),
    },
  };
}

function readTerminalKey(entry: JsonValue): TerminalKey {
  if (!isJsonMap(entry)) throw new DimError('INPUT_TYPE', 'must be a map');
  return { terminal: optionalTextOf(entry, 'terminal'), key: within('key', () => dim.DecryptKey.parse(entry['key'])) };
}

function visasIn(documents: readonly JsonValue[]): readonly Visa[] {
  return documents.map((document) => dim.Document.parse(document)).filter((document) => document instanceof Visa);
}

async function readFiles(call: Call, text: string, files: UserFiles): Promise<User> {
  if (files.meta === undefined)
    throw wrong(
      'this is no exported identity. A private key needs its meta: --meta FILE, and --documents FILE, --keys FILE where there are any',
    );
  const more = files.keys === undefined ? [] : readKeys(await readTextInput(call.context, files.keys));
  const all = [...readKeys(text), ...more];
  const described = await readKnownParts(call, files.meta);
  const documents = files.documents === undefined ? [] : (await readKnownParts(call, files.documents)).documents;
  const visas = visasIn([...described.documents, ...documents]);
  const meta = within('meta', () => dim.Meta.parse(described.meta));
  const given = files.id ?? described.id ?? visas[0]?.did.entity.toString();
  const id = given === undefined ? meta.id() : dim.ID.parse(given).entity;
  const identity = await identityKey(meta, all);
  const decrypt = all.filter((key): key is DecryptKey => 'decrypt' in key && canDecrypt(key));
  return {
    id,
    meta,
    visas,
    keys: { identity, decrypt: decrypt.map((key) => ({ terminal: terminalOf(key, visas), key })) },
  };
}

/** The private keys of a file: one in any form, or a list of maps. */
function readKeys(text: string): readonly (PrivateKey | DecryptKey)[] {
  const value = text.trimStart().startsWith('[') ? parseJson(text) : undefined;
  const texts = Array.isArray(value) ? value.map((one: JsonValue) => JSON.stringify(one)) : [text];
  return texts.map((one) => {
    const { known } = readKey(encodeUtf8(one), {});
    if (known.part === 'private') return known.key;
    throw new DimError('INPUT_KEY', `holds a ${known.part} key where a private one belongs`);
  });
}

async function identityKey(meta: Meta, keys: readonly (PrivateKey | DecryptKey)[]): Promise<PrivateKey> {
  for (const key of keys)
    if ('publicKey' in key && (hasSameKey(meta, key) || (await meta.isSignedBy(key.publicKey)))) return key;
  throw new DimError('CRYPTO_VERIFY', 'none of the private keys is that of the meta');
}

/** The device whose visa has the public half. */
function terminalOf({ encryptKey }: DecryptKey, visas: readonly Visa[]): string | undefined {
  const own = encryptKey.canonical;
  return visas.find(({ encryptKeys }) =>
    encryptKeys.some(({ canonical }) => own !== undefined && canonical !== undefined && equalBytes(own, canonical)),
  )?.terminal;
}
