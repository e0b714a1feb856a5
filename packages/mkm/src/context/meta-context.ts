/** A context of IDs, metas and keys: what tells whose a key is. Whoever reads no documents loads nothing of them. */
import type { Codec } from '../errors/result.ts';
import { checkPlugins, definePlugin, type Plugin } from '../extension/plugin.ts';
import type { Address } from '../identity/address.ts';
import { broadcastAddressDefinition } from '../identity/broadcast-identifiers.ts';
import { readLimits, type Limits } from '../wire/limits.ts';
import { createAddressCodec } from './address-codec.ts';
import { createIdCodec, type IdCodec } from './id-codec.ts';
import { createKeyCodecs, type KeyCodecs } from './key-codecs.ts';
import { createMetaCodec, type MetaCodec } from './meta-codec.ts';

/** How to make a context. */
export interface IdentityContextOptions<P extends readonly Plugin[] = readonly Plugin[]> {
  /** What the context understands, in order. */
  readonly plugins: P;
  /** Bounds for untrusted input; what is left out has its default. */
  readonly limits?: Partial<Limits>;
  /** Whether network bytes of before version 1 are read as the entity types that they stood for. Off by default. */
  readonly legacyNetworks?: boolean;
}

/** The codecs of IDs, metas and keys, under the names that the field knows. */
export interface MetaContext extends KeyCodecs {
  readonly ID: IdCodec;
  readonly Address: Codec<Address>;
  readonly Meta: MetaCodec;
  readonly limits: Limits;
}

const metaDefinitions = /* @__PURE__ */ definePlugin('mkm', [broadcastAddressDefinition]);

/**
 * A context for whoever only asks whose a key is, as a server where people log in: that of `createIdentityContext` without
 * documents. A page that makes this one instead loads a sixth less.
 *
 * @example
 * ```ts
 * import { createMetaContext, verifyMeta } from 'mkm';
 * import { standardPlugin } from 'dimplugins';
 *
 * const { ID, Meta } = createMetaContext({ plugins: [standardPlugin()] });
 *
 * async function isSignedBy(id: string, meta: object, message: Uint8Array, signature: Uint8Array): Promise<boolean> {
 *   const verified = await verifyMeta(Meta.parse(meta), ID.parse(id));
 *   return verified && (await verified.publicKey.verify(message, signature));
 * }
 * ```
 * @throws DimError `USAGE_DUPLICATE`, `USAGE_ARGUMENT` for plugins or limits that are none
 */
export function createMetaContext(options: IdentityContextOptions): MetaContext {
  checkPlugins(options);
  return Object.freeze(createMetaCodecs([metaDefinitions, ...options.plugins], options));
}

/** The codecs that plugins, which were checked, make possible. */
export function createMetaCodecs(
  plugins: readonly Plugin[],
  { limits: given, legacyNetworks = false }: IdentityContextOptions,
): MetaContext {
  const limits = readLimits(given);
  const address = createAddressCodec(plugins, limits, legacyNetworks);
  const keys = createKeyCodecs(plugins, limits);
  return {
    ID: createIdCodec(address, limits),
    Address: address,
    Meta: createMetaCodec(plugins, limits, keys),
    ...keys,
    limits,
  };
}
