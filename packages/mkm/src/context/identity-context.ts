/** The identity layer's context: the codecs that the chosen plugins make possible. Frozen; there is no global one. */
import { checkPlugins, type Plugin } from '../extension/plugin.ts';
import { createDocumentCodec, type DocumentCodec } from './document-codec.ts';
import { createMetaCodecs, type IdentityContextOptions, type MetaContext } from './meta-context.ts';
import { mkmDefinitions } from './mkm-definitions.ts';

/** The codecs of the identity layer, under the names that the field knows. */
export interface IdentityContext extends MetaContext {
  readonly Document: DocumentCodec;
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
  const plugins: readonly Plugin[] = [mkmDefinitions, ...options.plugins];
  const codecs = createMetaCodecs(plugins, options);
  return Object.freeze({ ...codecs, Document: createDocumentCodec(plugins, codecs.limits, codecs.ID, codecs) });
}
