/** `dimsdk/internal`: what the packages of this repository share. It may change with any version. */
export { MtpDecoder } from './transport/mtp-decoder.ts';
export { encodePacket, type MtpPacket, type MtpPage, type MtpType } from './transport/mtp-packet.ts';
export { acknowledgementOf } from './transport/message-acknowledgement.ts';
export { Database } from './browser/database.ts';
export { MIGRATIONS } from './browser/schema.ts';
