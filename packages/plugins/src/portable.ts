/** `dimplugins/portable`: the backend that runs wherever JavaScript does. */

/**
 * Cryptography in JavaScript, with WebCrypto for RSA where that is faster. It is what `standardPlugins` takes by itself
 * wherever the platform is not Node; this name is for Node, to see there what a browser does.
 *
 * @example
 * ```ts
 * import { createIdentityContext } from 'mkm';
 * import { standardPlugins } from 'dimplugins';
 * import { portableBackend } from 'dimplugins/portable';
 *
 * const { PrivateKey } = createIdentityContext({ plugins: [standardPlugins({ backend: portableBackend })] });
 * ```
 */
export { backend as portableBackend } from './backend/portable/index.ts';
