/**
 * A station's identity as a text.
 *
 * `{ "format": "dim station identity", "version": 1, "sealed": {a sealed secret of dimsdk} }`, its label `dim station identity 1`; or
 * `"identity"` in the place of `"sealed"`, where no passphrase was given. What is sealed is the JSON of that:
 *
 * `{ "id": ID, "meta": {…}, "visa": {…}, "keys": { "identity": {private key map}, "decrypt": [{private key map}] } }`
 */
import { DimError, parseJson, stringifyJson, Visa, type Dim, type JsonMap, type User } from 'dimp';
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
import type { KeyVault } from 'dimsdk';

const FORMAT = 'dim station identity';
const VERSION = 1;
const LABEL = `${FORMAT} ${VERSION}`;

/** What was read; nothing of it is verified. */
export interface IdentityText {
  readonly user: User;
  readonly isSealed: boolean;
}

/** @param vault seals it; without one it can be read by whoever has the file */
export async function writeIdentityText(user: User, vault: KeyVault | undefined): Promise<string> {
  const identity = identityMap(user);
  const head = { format: FORMAT, version: VERSION };
  if (vault === undefined) return `${stringifyJson({ ...head, identity })}\n`;
  const secret = encodeUtf8(stringifyJson(identity));
  try {
    return `${stringifyJson({ ...head, sealed: await vault.seal(secret, LABEL) })}\n`;
  } finally {
    secret.fill(0);
  }
}

function identityMap({ id, meta, visas, keys }: User): JsonMap {
  const [visa] = visas;
  if (visa === undefined) throw new DimError('USAGE_ARGUMENT', 'must have a visa', { path: 'user.visas' });
  return {
    id: id.toString(),
    meta: meta.fields,
    visa: visa.fields,
    keys: {
      identity: copyJsonMap(keys.identity),
      decrypt: keys.decrypt.map(({ key }) => copyJsonMap(key)),
    },
  };
}

/** @throws DimError `INPUT_…`, `UNSUPPORTED_…`, `STORE_VERSION`, `VAULT_PASSPHRASE`, also where there is no vault for what is sealed */
export async function readIdentityText(dim: Dim, text: string, vault: KeyVault | undefined): Promise<IdentityText> {
  const fields = parseJsonMap(text);
  if (textOf(fields, 'format') !== FORMAT) throw new DimError('INPUT_FORMAT', `must be ${FORMAT}`, { path: 'format' });
  if (fields['version'] !== VERSION)
    throw new DimError('STORE_VERSION', `must be ${VERSION}: another version of dimstation has written it`, {
      path: 'version',
    });
  const sealed = optionalMapOf(fields, 'sealed');
  if (sealed === undefined) return { user: readUser(dim, mapOf(fields, 'identity')), isSealed: false };
  if (vault === undefined) throw new DimError('VAULT_PASSPHRASE', 'is sealed by a passphrase');
  const secret = await vault.open(sealed, LABEL);
  try {
    const identity = parseJson(decodeUtf8(secret));
    if (!isJsonMap(identity)) throw new DimError('INPUT_TYPE', 'must be a map', { path: 'sealed' });
    return { user: readUser(dim, identity), isSealed: true };
  } finally {
    secret.fill(0);
  }
}

function readUser(dim: Dim, fields: JsonMap): User {
  const id = requiredOf(fields, 'id', (value) => dim.ID.parse(value));
  const meta = requiredOf(fields, 'meta', (map) => dim.Meta.parse(map));
  const visa = requiredOf(fields, 'visa', (map) => dim.Document.parse(map));
  if (!(visa instanceof Visa)) throw new DimError('INPUT_TYPE', 'must be a visa', { path: 'visa' });
  const ring = mapOf(fields, 'keys');
  const keys = within('keys', () => ({
    identity: requiredOf(ring, 'identity', (map) => dim.PrivateKey.parse(map)),
    decrypt: (optionalListOf(ring, 'decrypt') ?? []).map((map, index) => ({
      key: within(`decrypt[${index}]`, () => dim.DecryptKey.parse(map)),
    })),
  }));
  return { id, meta, visas: [visa], keys };
}
