/** The identity layer's context: the codecs that the chosen plugins make possible. Frozen; there is no global one. */
import type { Codec } from '../errors/result.ts';
import { checkPlugins, type Plugin } from '../extension/plugin.ts';
import type { Address } from '../identity/address.ts';
import { readLimits, type Limits } from '../wire/limits.ts';
import { createAddressCodec } from './address-codec.ts';
import { createDocumentCodec, type DocumentCodec } from './document-codec.ts';
import { createIdCodec, type IdCodec } from './id-codec.ts';
import { createKeyCodecs, type KeyCodecs } from './key-codecs.ts';
import { createMetaCodec, type MetaCodec } from './meta-codec.ts';
import { mkmDefinitions } from './mkm-definitions.ts';

/** How to make a context. */
export interface IdentityContextOptions<P extends readonly Plugin[] = readonly Plugin[]> {
  /** What the context understands, in order. */
  readonly plugins: P;
  /** Bounds for untrusted input; what is left out has its default. */
  readonly limits?: Partial<Limits>;
  /** Whether network bytes of before version 1 are read as the entity types that they stood for. Off by default. */
  readonly legacyNetworks?: boolean;
}

/** The codecs of the identity layer, under the names that the field knows. */
export interface IdentityContext extends KeyCodecs {
  readonly ID: IdCodec;
  readonly Address: Codec<Address>;
  readonly Meta: MetaCodec;
  readonly Document: DocumentCodec;
  readonly limits: Limits;
}

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
