/** `dkd/internal`: what the packages of this repository share. It may change with any version. */
export * from 'mkm/internal';
export { ENVELOPE_PROOF } from './messages/envelope-proof.ts';
export { CONTENT_NAMES, expandContentNames, expandMessageNames, MESSAGE_NAMES } from './packing/short-names.ts';
export { encryptedKeysFor, type EncryptedKey } from './operations/encrypted-keys.ts';
export { firstDecryption } from './operations/decrypt-message.ts';
export { readersOfFields } from './extension/copied-readers.ts';
export { recipientsDigest } from './operations/recipient.ts';
export { FUTURE_SHARE } from './replay/history-pool.ts';
export { readMarkOf } from './replay/read-mark.ts';
