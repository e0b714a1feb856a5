/** `dkd/extend`: what authors of contents use beside the definitions. It has all of `mkm/extend`. */
export * from 'mkm/extend';
export { readContentType, requireTypeCode } from './contents/content-type.ts';
export { readSerialNumber } from './contents/serial-number.ts';
export { MESSAGE_FIELDS } from './messages/message.ts';
export { newContentInit } from './extension/new-content.ts';
export { keyDigest } from './operations/key-digest.ts';
