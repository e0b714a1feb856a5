/** Secure message to reliable message: the sender signs the data. */
import { type JsonMap, type SignKey } from 'mkm';
import { encodeBase64 } from 'mkm/extend';
import { callPluginAsync } from 'mkm/internal';
import { MADE_HERE } from '../messages/made-here.ts';
import { ReliableMessage } from '../messages/reliable-message.ts';
import { dataBytesOf, partsOf, type SecureMessage } from '../messages/secure-message.ts';

/** What may ride along for first contact. */
export interface SignOptions {
  /** The sender's meta. */
  readonly meta?: { readonly fields: JsonMap };
  /** The sender's visa. */
  readonly visa?: { readonly fields: JsonMap };
}

/** Signs the data bytes of a message. */
export async function signMessage(
  message: SecureMessage,
  key: SignKey,
  options: SignOptions = {},
): Promise<ReliableMessage> {
  const bytes = await callPluginAsync(key.algorithm, () => key.sign(dataBytesOf(message)));
  const { meta, visa } = options;
  const fields = Object.freeze({
    ...message.fields,
    signature: encodeBase64(bytes),
    ...(meta && { meta: meta.fields }),
    ...(visa && { visa: visa.fields }),
  });
  return new ReliableMessage(MADE_HERE, fields, partsOf(message));
}
