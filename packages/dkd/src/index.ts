/** dkd, Dao Ke Dao: what a message is. Envelopes, contents, the three forms of a message, and the steps between them. */
export * from 'mkm';

export { ContentType, type TypeCode } from './contents/content-type.ts';
export { createSerialNumber, type SerialNumber } from './contents/serial-number.ts';
export { Content, UnknownContent, type ContentInit, type CreateContentOptions } from './contents/content.ts';

export { Envelope, type EnvelopeParts } from './messages/envelope.ts';
export { Message } from './messages/message.ts';
export { InstantMessage } from './messages/instant-message.ts';
export { SecureMessage } from './messages/secure-message.ts';
export type { EnvelopeProof } from './messages/envelope-proof.ts';
export { ReliableMessage } from './messages/reliable-message.ts';

export type { PackageOptions } from './packing/message-package.ts';

export { defineContent, type ContentDefinition, type ContentReaders } from './extension/content-definition.ts';
export { createContent } from './extension/new-content.ts';

export { keyDirection, type KeyDirection } from './operations/key-direction.ts';
export { Recipient } from './operations/recipient.ts';
export { encryptMessage, broadcastMessage, type EncryptOptions } from './operations/encrypt-message.ts';
export { splitMessage, type MessagePart, type SplitOptions } from './operations/split-message.ts';
export { signMessage, type SignOptions } from './operations/sign-message.ts';
export { VerifiedMessage, verifyMessage, type Signer } from './operations/verify-message.ts';
export { proveEnvelope, verifyEnvelopeProof } from './operations/prove-envelope.ts';
export {
  decryptMessage,
  type DecryptedMessage,
  type DecryptOptions,
  type TerminalKey,
} from './operations/decrypt-message.ts';

export { readMarkKey, type ReadMark } from './replay/read-mark.ts';
export {
  ReplayWindow,
  type ReadState,
  type ReplayWindowOptions,
  type SavedReplayWindow,
} from './replay/replay-window.ts';

export type { HashContext } from './context/hash-context.ts';
export { createMessageContext, type MessageContext, type PackageCodec } from './context/message-context.ts';
