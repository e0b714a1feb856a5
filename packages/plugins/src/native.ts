/** `dimplugins/backends/native`: the backends of Node. For other platforms this name does not resolve. */

/**
 * Cryptography of `node:crypto`. It is what `standardPlugin` takes on Node by itself; this name is for programs that
 * compare the two, or must never run with the other one.
 *
 * @example
 * ```ts
 * import { createIdentityContext } from 'mkm';
 * import { standardPlugin } from 'dimplugins';
 * import { nativeBackend } from 'dimplugins/backends/native';
 *
 * const { PrivateKey } = createIdentityContext({ plugins: [standardPlugin({ backend: nativeBackend })] });
 * ```
 */
export { backend as nativeBackend } from './backend/native/index.ts';

/**
 * {@link nativeBackend}, for servers, bots, and whoever reads many messages at once: decrypting with RSA keys of 2048 bits and more, and
 * verifying ECC signatures, goes on beside the event loop, on other cores. Its threads start when they are needed, keep no process
 * alive, and end when they have had nothing to do for a minute.
 *
 * @example
 * ```ts
 * import { createDim, stationPlugin } from 'dimp';
 * import { standardPlugin } from 'dimplugins';
 * import { threadedBackend } from 'dimplugins/backends/native';
 *
 * export const dim = createDim({
 *   plugins: [standardPlugin({ backend: threadedBackend }), stationPlugin],
 *   wireShape: 'deployed',
 * });
 * ```
 */
export { threadedBackend } from './backend/native/threaded.ts';
export { createThreadedBackend, type ThreadedBackend, type ThreadedBackendOptions } from './backend/native/threaded.ts';

/**
 * Modern cryptography of `node:crypto`. It is what `modernPlugin` takes on Node by itself.
 *
 * @example
 * ```ts
 * import { createIdentityContext } from 'mkm';
 * import { nativeModernBackend } from 'dimplugins/backends/native';
 * import { modernPlugin } from 'dimplugins/modern';
 *
 * const { DecryptKey } = createIdentityContext({ plugins: [modernPlugin({ backend: nativeModernBackend })] });
 * ```
 */
export { modernBackend as nativeModernBackend } from './backend/native/modern.ts';
