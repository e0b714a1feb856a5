/** `dimplugins/native`: the backend of Node. */

/**
 * Cryptography of `node:crypto`. It is what `standardPlugin` takes on Node by itself; this name is for programs that
 * compare the two, or must never run with the other one: for other platforms it does not resolve.
 *
 * @example
 * ```ts
 * import { createIdentityContext } from 'mkm';
 * import { standardPlugin } from 'dimplugins';
 * import { nativeBackend } from 'dimplugins/native';
 *
 * const { PrivateKey } = createIdentityContext({ plugins: [standardPlugin({ backend: nativeBackend })] });
 * ```
 */
export { backend as nativeBackend } from './backend/native/index.ts';
