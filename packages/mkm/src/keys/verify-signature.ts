/** The one place that asks a key whether a signature is its own. */
import { callPluginAsync } from '../errors/call-plugin.ts';
import type { VerifyKey } from './key.ts';

/**
 * Whether a signature of a message verifies. Nothing but `true` is a yes: keys come from plugins, and an object is truthy.
 * @throws DimError `INTERNAL_PLUGIN` when the key fails
 */
export async function verifySignature(key: VerifyKey, message: Uint8Array, signature: Uint8Array): Promise<boolean> {
  const answer: unknown = await callPluginAsync(key.algorithm, () => key.verify(message, signature));
  return answer === true;
}
