/** `dimp/internal`: what the packages of this repository share. It may change with any version. */
export * from 'dkd/internal';
export { commitInTurn } from './memory/in-turn.ts';
export { chooseMessageAlgorithm } from './message-keys/choose-message-algorithm.ts';
export { MAX_KEYS as MAX_MESSAGE_KEYS } from './message-keys/message-keys.ts';
export { withLenientContents } from './context/lenient-contents.ts';
export { decryptAhead } from './messaging/decrypt-ahead.ts';
export { encodePackage } from './messaging/encode-package.ts';
export { openInSteps } from './messaging/open-message.ts';
export { beginAhead } from './pace/begin-ahead.ts';
export { EventLoop, LongWork } from './pace/long-work.ts';
export { nextTask } from './pace/next-task.ts';
export { knownDocuments, knownMeta } from './trust/known-identity.ts';
export { ownKeys, type OwnKeys } from './trust/own-keys.ts';
