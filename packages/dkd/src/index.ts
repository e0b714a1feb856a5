/** dkd, Dao Ke Dao: what a message is. Envelopes, contents, the three forms of a message, and the steps between them. */
export * from 'mkm';

export { ContentType, readContentType, requireTypeCode, type TypeCode } from './contents/content-type.ts';
export { createSerialNumber, readSerialNumber, type SerialNumber } from './contents/serial-number.ts';
export { Content, UnknownContent } from './contents/content.ts';
export { defineContent } from './extension/content-definition.ts';
export { createContent, newContentInit } from './extension/new-content.ts';
export type { ContentInit, CreateContentOptions } from './contents/content.ts';
export type { ContentDefinition, ContentReaders } from './extension/content-definition.ts';
export { Envelope, type EnvelopeParts } from './messages/envelope.ts';

export { Message, MESSAGE_FIELDS } from './messages/message.ts';
export { InstantMessage } from './messages/instant-message.ts';
export { SecureMessage, type SecureParts } from './messages/secure-message.ts';
export { ENVELOPE_PROOF, type EnvelopeProof } from './messages/envelope-proof.ts';
export { ReliableMessage } from './messages/reliable-message.ts';

export { keyDirection, type KeyDirection } from './operations/key-direction.ts';
export { keyDigest } from './operations/key-digest.ts';
export { Recipient, recipientsDigest } from './operations/recipient.ts';
export { encryptMessage, broadcastMessage, type EncryptOptions } from './operations/encrypt-message.ts';
export { splitMessage, type MessagePart, type SplitOptions } from './operations/split-message.ts';
export { signMessage, type SignOptions } from './operations/sign-message.ts';
export { VerifiedMessage, verifyMessage, type Signer } from './operations/verify-message.ts';
export { proveEnvelope, verifyEnvelopeProof } from './operations/prove-envelope.ts';
export { readMarkKey, readMarkOf, type ReadMark } from './replay/read-mark.ts';
export { ReplayWindow } from './replay/replay-window.ts';
export type { ReadState, ReplayWindowOptions, SavedReplayWindow } from './replay/replay-window.ts';
export {
  decryptMessage,
  type DecryptedMessage,
  type DecryptOptions,
  type TerminalKey,
} from './operations/decrypt-message.ts';

export { expandContentNames } from './packing/short-names.ts';
export { decodePackage, encodePackage, type PackageOptions } from './packing/message-package.ts';

export { createMessageContext } from './context/message-context.ts';
export type { ContentOf, MessageContext, PackageCodec } from './context/message-context.ts';
