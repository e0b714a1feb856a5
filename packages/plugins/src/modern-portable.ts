/** `dimplugins/modern/portable`: the modern backend that runs wherever JavaScript does. */

/**
 * Modern cryptography in JavaScript. It is what `modernPlugins` takes by itself wherever the platform is not Node.
 *
 * @example
 * ```ts
 * import { createIdentityContext } from 'mkm';
 * import { modernPlugins } from 'dimplugins/modern';
 * import { portableModernBackend } from 'dimplugins/modern/portable';
 *
 * const { DecryptKey } = createIdentityContext({ plugins: [modernPlugins({ backend: portableModernBackend })] });
 * ```
 */
export { modernBackend as portableModernBackend } from './backend/portable/modern.ts';
