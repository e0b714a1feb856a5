/** dimsdk: a person at a device, who sends, receives, and loses nothing. Runs everywhere; platforms have doors of their own. */
export { systemClock, type Clock } from './ports/clock.ts';
export { silentLogger, type LogDetails, type Logger } from './ports/logger.ts';
export type {
  Connection,
  ConnectionEnd,
  ConnectOptions,
  IncomingPayload,
  StationAddress,
  Transport,
} from './ports/connection.ts';
export type { ClientStore, Row, RowChange, RowPosition, RowRange } from './ports/client-store.ts';
export type { HandlerDefinition, Outgoing, Reaction, Received } from './ports/handler.ts';
export { MemoryClientStore } from './store/memory-client-store.ts';
export type { KeyVault } from './ports/key-vault.ts';

export { withVault } from './store/with-vault.ts';
export type { RingCodecs } from './store/sealed-ring.ts';
export { changeVault, type ChangeVaultOptions } from './store/change-vault.ts';
export { localUsers } from './store/local-users.ts';

export { passphraseVault, type PassphraseVault, type PassphraseVaultOptions } from './identity/passphrase-vault.ts';
export type { Scrypt, ScryptCost } from './identity/scrypt.ts';
