/**
 * `dimsdk/extend`: what authors of stores and transports use beside the ports, which are in `dimsdk`. `dimtestkit/client-store`
 * and `dimtestkit/connection` check what comes of it.
 */

// Stores: what every one of them refuses, and reads of what it kept.
export {
  checkName,
  checkRange,
  checkRowChanges,
  checkTable,
  MAX_PARTITIONS,
  rowOf,
  type CheckedRange,
  type CheckedRowChange,
  type RowRecord,
} from './store/row-checks.ts';
export type { StoreCodecs } from './store/kept-forms.ts';
export type { StoreLimitOptions } from './store/store-limits.ts';
export type { RingCodecs } from './store/sealed-ring.ts';

// Transports: MTP over any stream of bytes.
export type { ByteStream } from './transport/byte-stream.ts';
export { DEFAULT_CONNECTION_LIMITS } from './transport/connection-limits.ts';
export { MtpConnection, type MtpConnectionOptions } from './transport/mtp-connection.ts';
export { Transactions } from './transport/mtp-packet.ts';
