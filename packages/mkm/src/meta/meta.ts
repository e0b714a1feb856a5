/**
 * Meta: binds a key to an ID, and never changes.
 *
 * `{ "type": "1"|"2"|"4", "key": {public key map}, "seed"?: "name", "fingerprint"?: base64 }`
 * The type is also read from `version`, as a number, and as a word (`MKM`).
 */
import { checkArguments } from '../errors/check-arguments.ts';
import { DimError, within } from '../errors/dim-error.ts';
import { MADE_HERE, requireMadeHere } from '../errors/made-here.ts';
import { callPlugin, callPluginAsync } from '../errors/call-plugin.ts';
import type { MetaDefinition } from './meta-definition.ts';
import type { Limits } from '../wire/limits.ts';
import type { Address } from '../identity/address.ts';
import { EntityType } from '../identity/entity-type.ts';
import { checkIdPart, ID } from '../identity/identifier.ts';
import type { PrivateKey, PublicKey, VerifyKey } from '../keys/key.ts';
import { verifySignature } from '../keys/verify-signature.ts';
import { encodeBase64 } from '../wire/base64.ts';
import { mapOf, optionalBytesOf, optionalFieldOf, optionalTextOf, optionalOf } from '../wire/field-readers.ts';
import type { JsonMap, JsonValue } from '../wire/json-map.ts';
import { readTypeCode } from '../wire/type-code.ts';
import { encodeUtf8 } from '../wire/utf8.ts';
import { WireObject } from '../wire/wire-object.ts';

/** What the core read of a meta map. */
export interface MetaInit {
  readonly fields: JsonMap;
  readonly definition: MetaDefinition;
  readonly publicKey: PublicKey;
  readonly seed: string | undefined;
  readonly fingerprint: Uint8Array | undefined;
}

/**
 * A meta of the right shape. Before its key is trusted for an ID, both {@link Meta.verify} and
 * {@link Meta.matches} must be true: `verifyMeta` asks for both.
 */
export class Meta extends WireObject {
  /** The type code, in digits: see `MetaType`. */
  readonly type: string;
  /** The identity key. */
  readonly publicKey: PublicKey;
  /** The name of the IDs of this meta, where its type has one. */
  readonly seed: string | undefined;
  /** The signature of the seed by the private key, where the type has a seed. */
  readonly fingerprint: Uint8Array | undefined;
  readonly #definition: MetaDefinition;
  #verified: Promise<boolean> | undefined;

  /** Of a context: `Meta.parse`, `Meta.generate`. */
  constructor(made: typeof MADE_HERE, init: MetaInit) {
    requireMadeHere(made);
    super(init.fields);
    this.type = init.definition.type;
    this.publicKey = init.publicKey;
    this.seed = init.seed;
    this.fingerprint = init.fingerprint;
    this.#definition = init.definition;
  }

  /** What it is to another copy of this package. */
  protected get '@dim'(): string {
    return 'mkm.Meta';
  }

  /** The type's name: `MKM`, `BTC`, `ETH`. */
  get typeName(): string {
    return this.#definition.name;
  }

  /** Whether the fingerprint is the key's signature of the seed; true for types without a seed. Computed once. */
  verify(): Promise<boolean> {
    this.#verified ??= this.#verifyFingerprint();
    return this.#verified;
  }

  async #verifyFingerprint(): Promise<boolean> {
    if (this.seed === undefined || this.fingerprint === undefined) return this.#definition.seed === 'absent';
    return this.isSignedBy(this.publicKey);
  }

  /** Whether the fingerprint is a key's signature of the seed; false for types without a seed. */
  async isSignedBy(key: VerifyKey): Promise<boolean> {
    const { seed, fingerprint } = this;
    if (seed === undefined || fingerprint === undefined) return false;
    return verifySignature(key, encodeUtf8(seed), fingerprint);
  }

  /**
   * The address for an entity type.
   * @throws DimError `USAGE_ARGUMENT` when metas of this type give no such address: ETH gives users only
   */
  address(type: number = EntityType.USER): Address {
    const address = this.#addressFor(type);
    if (address === undefined)
      throw new DimError('USAGE_ARGUMENT', `a meta of type ${this.typeName} gives no address of entity type ${type}`, {
        path: 'type',
      });
    return address;
  }

  #addressFor(network: number): Address | undefined {
    if (!Number.isInteger(network) || network < 0 || network > 0xff) return undefined;
    return callPlugin(`meta ${this.typeName}`, () => this.#definition.address(this, network));
  }

  /**
   * The ID that this meta gives.
   *
   * @example
   * ```ts
   * import { EntityType, type ID, type Meta } from 'mkm';
   *
   * function groupOf(meta: Meta): ID {
   *   return meta.id(EntityType.GROUP);
   * }
   * ```
   */
  id(type: number = EntityType.USER, terminal?: string): ID {
    return new ID({ name: this.seed, address: this.address(type), terminal });
  }

  /**
   * Whether an ID is one of this meta's: its name is the seed, and its address is the one computed for its network.
   * It says nothing about the fingerprint: see `verifyMeta`.
   */
  matches(id: ID): boolean {
    if (id.address.kind === 'broadcast') return false;
    return id.name === this.seed && this.#addressFor(id.address.network)?.equals(id.address) === true;
  }
}

/** What reading a meta needs of its context. */
export interface MetaReaders {
  readonly definitions: ReadonlyMap<string, MetaDefinition>;
  readonly words: ReadonlyMap<string, string>;
  readonly limits: Limits;
  /** Reads a key map that was copied already. */
  readPublicKey(map: JsonMap): PublicKey;
}

/** Reads a meta map that was copied already. */
export function readMeta(fields: JsonMap, readers: MetaReaders): Meta {
  const definition = readDefinition(fields, readers);
  const key = mapOf(fields, 'key');
  const publicKey = within('key', () => readers.readPublicKey(key));
  within('key', () => callPlugin(`meta ${definition.name}`, () => definition.checkKey?.(publicKey)));
  const seed = optionalTextOf(fields, 'seed');
  const fingerprint = optionalBytesOf(fields, 'fingerprint', readers.limits.signatureLength);
  if (definition.seed === 'required') checkSeed(seed, readers.limits);
  for (const name of ['seed', 'fingerprint']) {
    const present = optionalFieldOf(fields, name) !== undefined;
    if (definition.seed === 'required' && !present)
      throw new DimError('INPUT_MISSING', `is required in a meta of type ${definition.name}`, { path: name });
    if (definition.seed === 'absent' && present)
      throw new DimError('INPUT_CONFLICT', `must be absent in a meta of type ${definition.name}`, { path: name });
  }
  return new Meta(MADE_HERE, { fields, definition, publicKey, seed, fingerprint });
}

function readDefinition(fields: JsonMap, readers: MetaReaders): MetaDefinition {
  const readCode = (value: JsonValue) => readTypeCode(value, readers.words);
  const newer = optionalOf(fields, 'type', readCode);
  const older = optionalOf(fields, 'version', readCode);
  // As codes: the one may be a word, and the other a number.
  if (newer !== undefined && older !== undefined && newer !== older)
    throw new DimError('INPUT_CONFLICT', 'differs from type', { path: 'version' });
  const type = newer ?? older;
  if (type === undefined) throw new DimError('INPUT_MISSING', 'is required', { path: 'type' });
  const definition = readers.definitions.get(type);
  if (definition === undefined)
    throw new DimError('UNSUPPORTED_META', `no plugin reads metas of type ${type}`, { path: 'type' });
  return definition;
}

/** A seed must do as the name of an ID. */
function checkSeed(seed: string | undefined, limits: Limits): void {
  if (seed === undefined) return;
  if (seed.length > limits.idLength)
    throw new DimError('INPUT_LIMIT', `is longer than ${limits.idLength} characters`, { path: 'seed' });
  within('seed', () => checkIdPart(seed, 'name'));
  // The signature of a seed must never be that of a text in JSON: a document or a broadcast.
  if (/[{}"]/.test(seed)) throw new DimError('INPUT_FORMAT', 'must not have braces or quotes', { path: 'seed' });
}

/** How to make a meta. */
export interface GenerateMetaOptions {
  /** The type by code or name: `'1'` or `'MKM'`. */
  readonly type: string;
  /** The private key of the identity. */
  readonly privateKey: PrivateKey;
  /** The name; required for MKM, absent for BTC and ETH. */
  readonly seed?: string;
}

/** The map of a new meta. */
export async function generateMetaFields(
  definition: MetaDefinition,
  options: GenerateMetaOptions,
  limits: Limits,
): Promise<JsonMap> {
  const { privateKey, seed } = options;
  const key = privateKey.publicKey.fields;
  if (definition.seed === 'absent') {
    if (seed !== undefined)
      throw new DimError('USAGE_ARGUMENT', `a meta of type ${definition.name} has no seed`, { path: 'seed' });
    return { type: definition.type, key };
  }
  if (seed === undefined)
    throw new DimError('USAGE_ARGUMENT', `a meta of type ${definition.name} needs a seed`, { path: 'seed' });
  checkArguments(() => checkSeed(optionalTextOf({ seed }, 'seed'), limits));
  const fingerprint = await callPluginAsync(privateKey.algorithm, () => privateKey.sign(encodeUtf8(seed)));
  return { type: definition.type, key, seed, fingerprint: encodeBase64(fingerprint) };
}
