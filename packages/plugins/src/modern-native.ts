/** `dimplugins/modern/native`: the modern backend of Node. */

/**
 * Modern cryptography of `node:crypto`. It is what `modernPlugin` takes on Node by itself; for other platforms this name
 * does not resolve.
 *
 * @example
 * ```ts
 * import { createIdentityContext } from 'mkm';
 * import { modernPlugin } from 'dimplugins/modern';
 * import { nativeModernBackend } from 'dimplugins/modern/native';
 *
 * const { DecryptKey } = createIdentityContext({ plugins: [modernPlugin({ backend: nativeModernBackend })] });
 * ```
 */
export { modernBackend as nativeModernBackend } from './backend/native/modern.ts';
