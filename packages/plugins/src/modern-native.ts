/** `dimplugins/modern/native`: the modern backend of Node. */

/**
 * Modern cryptography of `node:crypto`. It is what `modernPlugins` takes on Node by itself; for other platforms this name
 * does not resolve.
 *
 * @example
 * ```ts
 * import { createIdentityContext } from 'mkm';
 * import { modernPlugins } from 'dimplugins/modern';
 * import { nativeModernBackend } from 'dimplugins/modern/native';
 *
 * const { DecryptKey } = createIdentityContext({ plugins: [modernPlugins({ backend: nativeModernBackend })] });
 * ```
 */
export { modernBackend as nativeModernBackend } from './backend/native/modern.ts';
