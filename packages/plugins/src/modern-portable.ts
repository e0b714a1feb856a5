/** `dimplugins/modern/portable`: the modern backend that runs wherever JavaScript does. */

/**
 * Modern cryptography in JavaScript. It is what `modernPlugin` takes by itself wherever the platform is not Node.
 *
 * @example
 * ```ts
 * import { createIdentityContext } from 'mkm';
 * import { modernPlugin } from 'dimplugins/modern';
 * import { portableModernBackend } from 'dimplugins/modern/portable';
 *
 * const { DecryptKey } = createIdentityContext({ plugins: [modernPlugin({ backend: portableModernBackend })] });
 * ```
 */
export { modernBackend as portableModernBackend } from './backend/portable/modern.ts';
