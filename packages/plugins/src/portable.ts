/** `dimplugins/portable`: the backend that runs wherever JavaScript does. */

/**
 * Cryptography in JavaScript, with WebCrypto for RSA where that is faster. It is what `standardPlugin` takes by itself
 * wherever the platform is not Node; this name is for Node, to see there what a browser does.
 *
 * @example
 * ```ts
 * import { createIdentityContext } from 'mkm';
 * import { standardPlugin } from 'dimplugins';
 * import { portableBackend } from 'dimplugins/portable';
 *
 * const { PrivateKey } = createIdentityContext({ plugins: [standardPlugin({ backend: portableBackend })] });
 * ```
 */
export { backend as portableBackend } from './backend/portable/index.ts';
