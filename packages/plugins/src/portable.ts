/** `dimplugins/backends/portable`: the backends that run wherever JavaScript does. */

/**
 * Cryptography in JavaScript, with WebCrypto for RSA where that is faster. It is what `standardPlugin` takes by itself
 * wherever the platform is not Node; this name is for Node, to see there what a browser does.
 *
 * @example
 * ```ts
 * import { createIdentityContext } from 'mkm';
 * import { standardPlugin } from 'dimplugins';
 * import { portableBackend } from 'dimplugins/backends/portable';
 *
 * const { PrivateKey } = createIdentityContext({ plugins: [standardPlugin({ backend: portableBackend })] });
 * ```
 */
export { backend as portableBackend } from './backend/portable/index.ts';

/**
 * Modern cryptography in JavaScript. It is what `modernPlugin` takes by itself wherever the platform is not Node.
 *
 * @example
 * ```ts
 * import { createIdentityContext } from 'mkm';
 * import { portableModernBackend } from 'dimplugins/backends/portable';
 * import { modernPlugin } from 'dimplugins/modern';
 *
 * const { DecryptKey } = createIdentityContext({ plugins: [modernPlugin({ backend: portableModernBackend })] });
 * ```
 */
export { modernBackend as portableModernBackend } from './backend/portable/modern.ts';
