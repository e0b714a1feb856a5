/** The identity layer's context: the codecs that the chosen plugins make possible. Frozen; there is no global one. */
import { checkArguments } from '../errors/check-arguments.ts';
import { DimError, within } from '../errors/dim-error.ts';
import { createCodec, type Codec } from '../errors/result.ts';
import { Bulletin } from '../documents/bulletin.ts';
import { DocumentDraft, type PropertyChanges } from '../documents/document-draft.ts';
import { Document, readDocumentInit, type DocumentReaders } from '../documents/document.ts';
import { Visa } from '../documents/visa.ts';
import { hasBrand } from '../wire/brand.ts';
import { BoundedCache } from '../wire/bounded-cache.ts';
import { callPlugin, callReader } from '../errors/call-plugin.ts';
import { collectDefinitions } from '../extension/definition-table.ts';
import type { AddressDefinition } from '../identity/address-definition.ts';
import type { DocumentDefinition } from '../documents/document-definition.ts';
import type { MetaDefinition } from '../meta/meta-definition.ts';
import { readLimits, type Limits } from '../wire/limits.ts';
import { checkPlugins, definePlugin, type Plugin } from '../extension/plugin.ts';
import { defineDocument } from '../documents/document-definition.ts';
import { Address } from '../identity/address.ts';
import { broadcastAddressDefinition } from '../identity/broadcast-identifiers.ts';
import { fromLegacyNetwork } from '../identity/entity-type.ts';
import { ID, splitId, type IdParts } from '../identity/identifier.ts';
import { createKeyCodecs, type KeyCodecs } from './key-codecs.ts';
import { generateMetaFields, Meta, readMeta, type GenerateMetaOptions, type MetaReaders } from '../meta/meta.ts';
import { typeName } from '../wire/json-map.ts';
import { createMapCodec, parseCopied } from '../wire/map-codec.ts';

/** How to make a context. */
export interface IdentityContextOptions<P extends readonly Plugin[] = readonly Plugin[]> {
  /** What the context understands, in order. */
  readonly plugins: P;
  /** Bounds for untrusted input; what is left out has its default. */
  readonly limits?: Partial<Limits>;
  /** Whether network bytes of before version 1 are read as the entity types that they stood for. Off by default. */
  readonly legacyNetworks?: boolean;
}

/** Reads and makes IDs. */
export interface IdCodec extends Codec<ID> {
  /** An ID of its parts. @throws DimError `INPUT_FORMAT` */
  create(parts: IdParts): ID;
}

/** Reads and makes metas. */
export interface MetaCodec extends Codec<Meta> {
  /**
   * A new meta.
   * @throws DimError `USAGE_ARGUMENT`, `UNSUPPORTED_META`, `INPUT_KEY`
   */
  generate(options: GenerateMetaOptions): Promise<Meta>;
}

/** Which class a document of a type has. */
type DocumentOf<T extends string> = T extends 'visa' ? Visa : T extends 'bulletin' ? Bulletin : Document;

/** Reads and makes documents. */
export interface DocumentCodec extends Codec<Document> {
  /** A draft, to be signed: `await Document.create({ … }).sign(privateKey)`. @throws DimError `USAGE_ARGUMENT` */
  create<const T extends string>(init: {
    readonly type: T;
    readonly did: ID;
    readonly properties?: PropertyChanges;
  }): DocumentDraft<DocumentOf<T>>;
}

/** The codecs of the identity layer, under the names that the field knows. */
export interface IdentityContext extends KeyCodecs {
  readonly ID: IdCodec;
  readonly Address: Codec<Address>;
  readonly Meta: MetaCodec;
  readonly Document: DocumentCodec;
  readonly limits: Limits;
}

/** How many parsed IDs a context remembers. */
const ID_CACHE_CAPACITY = 4096;

/** What every context has before any plugin. */
const mkmDefinitions = /* @__PURE__ */ definePlugin('mkm', [
  broadcastAddressDefinition,
  /* @__PURE__ */ defineDocument({ type: 'visa', class: Visa }),
  /* @__PURE__ */ defineDocument({ type: 'bulletin', class: Bulletin }),
  // The name of both before there were two.
  /* @__PURE__ */ defineDocument({
    type: 'profile',
    read: (init) => (init.did.isGroup ? new Bulletin(init) : new Visa(init)),
  }),
]);

/**
 * A context of the identity layer.
 *
 * @example
 * ```ts
 * import { createIdentityContext } from 'mkm';
 * import { standardPlugin } from 'dimplugins';
 *
 * const { ID } = createIdentityContext({ plugins: [standardPlugin()] });
 * ID.parse('hulk@126LCHc9Qcvp928puqyS3dphrDNrN4GzTc').isUser; // true
 * ```
 * @throws DimError `USAGE_DUPLICATE`, `USAGE_ARGUMENT` for plugins or limits that are none
 */
export function createIdentityContext(options: IdentityContextOptions): IdentityContext {
  checkPlugins(options);
  const limits = readLimits(options.limits);
  const plugins: readonly Plugin[] = [mkmDefinitions, ...options.plugins];
  const address = createAddressCodec(plugins, limits, options.legacyNetworks ?? false);
  const id = createIdCodec(address, limits);
  const keys = createKeyCodecs(plugins, limits);
  return Object.freeze({
    ID: id,
    Address: address,
    Meta: createMetaCodec(plugins, limits, keys),
    Document: createDocumentCodec(plugins, limits, id, keys),
    ...keys,
    limits,
  });
}

function createAddressCodec(plugins: readonly Plugin[], limits: Limits, legacyNetworks: boolean): Codec<Address> {
  const definitions = [
    ...collectDefinitions<AddressDefinition>(plugins, 'address', (definition) => definition.name).values(),
  ];
  function read(input: unknown): Address {
    if (input instanceof Address) return input;
    if (hasBrand(input, 'mkm.Address')) return read((input as Address).text);
    if (typeof input !== 'string') throw new DimError('INPUT_TYPE', `must be text, not ${typeName(input)}`);
    if (input.length > limits.idLength)
      throw new DimError('INPUT_LIMIT', `is longer than ${limits.idLength} characters`);
    for (const definition of definitions) {
      const address = callPlugin(`address ${definition.name}`, () => definition.parse(input));
      if (address === undefined) continue;
      requireAddress(address, definition.name);
      return legacyNetworks ? withLegacyType(address) : address;
    }
    throw new DimError('UNSUPPORTED_ADDRESS', 'no plugin reads an address of this form');
  }
  return createCodec(read);
}

/** What an ID compares is of a plugin's making: without a text it would be equal to any other that has none. */
function requireAddress(address: Partial<Address> | null, name: string): void {
  // One of another copy of this library is as good.
  const { text, canonical, kind, network, type, equals } = address ?? {};
  const hasTexts = typeof text === 'string' && typeof canonical === 'string' && typeof kind === 'string';
  const isAddress = hasTexts && Number.isInteger(network) && Number.isInteger(type) && typeof equals === 'function';
  if (!isAddress || text === '' || canonical === '')
    throw new DimError('INTERNAL_PLUGIN', `the definition of address ${name} gave no Address`);
}

function withLegacyType(address: Address): Address {
  const type = fromLegacyNetwork(address.network);
  if (type === address.type) return address;
  const { text, kind, network, canonical } = address;
  return new Address({ text, kind, network, type, canonical });
}

function createIdCodec(address: Codec<Address>, limits: Limits): IdCodec {
  const cache = new BoundedCache<string, ID>(ID_CACHE_CAPACITY);
  function read(input: unknown): ID {
    if (typeof input !== 'string') {
      if (input instanceof ID) return input;
      // Read anew: this context may take old network bytes for something else.
      if (hasBrand(input, 'mkm.ID')) return read((input as ID).toString());
      throw new DimError('INPUT_TYPE', `must be text, not ${typeName(input)}`);
    }
    const known = cache.get(input);
    if (known !== undefined) return known;
    const parts = splitId(input, limits.idLength);
    const id = new ID({ ...parts, address: address.parse(parts.address) });
    cache.set(input, id);
    return id;
  }
  return Object.freeze({ ...createCodec(read), create: (parts: IdParts) => new ID(parts) });
}

function createMetaCodec(plugins: readonly Plugin[], limits: Limits, keys: KeyCodecs): MetaCodec {
  const definitions = collectDefinitions<MetaDefinition>(plugins, 'meta', (definition) => definition.type);
  const wordOf = ({ name }: MetaDefinition) => name.toLowerCase();
  const named = collectDefinitions<MetaDefinition>(plugins, 'meta', wordOf, (meta) => `meta named ${wordOf(meta)}`);
  const words = new Map([...named].map(([word, { type }]) => [word, type]));
  const readers: MetaReaders = { definitions, words, limits, readPublicKey: (map) => parseCopied(keys.PublicKey, map) };
  const codec = createMapCodec(
    limits,
    (input) => input instanceof Meta,
    (fields) => readMeta(fields, readers),
  );

  async function generate(options: GenerateMetaOptions): Promise<Meta> {
    const { type } = options;
    if (typeof type !== 'string')
      throw new DimError('USAGE_ARGUMENT', `must be text, not ${typeName(type)}`, { path: 'type' });
    const definition = definitions.get(words.get(type.toLowerCase()) ?? type);
    if (definition === undefined)
      throw new DimError('UNSUPPORTED_META', `no plugin has metas of type ${type}`, { path: 'type' });
    return codec.parse(await generateMetaFields(definition, options, limits));
  }
  return Object.freeze({ ...codec, generate });
}

function createDocumentCodec(
  plugins: readonly Plugin[],
  limits: Limits,
  id: Codec<ID>,
  keys: KeyCodecs,
): DocumentCodec {
  const definitions = collectDefinitions<DocumentDefinition>(plugins, 'document', (definition) => definition.type);
  const readers: DocumentReaders = {
    limits,
    readId: (input) => id.parse(input),
    readEncryptKey: (input) => keys.EncryptKey.parse(input),
    readDocument(fields) {
      const init = readDocumentInit(fields, readers);
      const definition = definitions.get(init.type);
      return definition === undefined
        ? new Document(init)
        : callReader(`document ${init.type}`, () => definition.read(init));
    },
  };
  const codec = createMapCodec(
    limits,
    (input) => input instanceof Document,
    (fields) => readers.readDocument(fields),
  );

  return Object.freeze({
    ...codec,
    create<const T extends string>(init: {
      readonly type: T;
      readonly did: ID;
      readonly properties?: PropertyChanges;
    }) {
      return checkArguments(() => {
        const { type, properties = {} } = init;
        const did = within('did', () => id.parse(init.did));
        return new DocumentDraft<DocumentOf<T>>({
          did,
          type,
          properties: {},
          read: (fields) => readers.readDocument(fields),
        }).with(properties);
      });
    },
  });
}
