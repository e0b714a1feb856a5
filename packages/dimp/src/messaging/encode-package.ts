/** A message as its package for the network, of a size that readers take. */
import { DimError, type Limits, type ReliableMessage } from 'dkd';

/**
 * The bytes of a message. With meta, visa and keys they may be more than those of its content.
 * @throws DimError `USAGE_ARGUMENT` for more than `limits.messageBytes`, at `content`
 */
export function encodePackage(
  message: ReliableMessage,
  { messageBytes }: Limits,
  options?: Parameters<ReliableMessage['encode']>[0],
): Uint8Array {
  const bytes = message.encode(options);
  if (bytes.length > messageBytes)
    throw new DimError('USAGE_ARGUMENT', `is larger than limits.messageBytes, ${messageBytes}`, { path: 'content' });
  return bytes;
}
