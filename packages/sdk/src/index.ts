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
export { exportIdentity, type ExportOptions } from './identity/export-identity.ts';
export { importIdentity, type ImportedIdentity, type ImportOptions } from './identity/import-identity.ts';
export type { RefusedContact } from './identity/identity-file.ts';
export { addLocalUser } from './identity/add-local-user.ts';
export { createRecoveryWords, readRecoveryWords, userFromWords, type WordsOptions } from './identity/recovery-words.ts';

export { clientPlugin } from './client/client-plugin.ts';
export { createClient, type Client } from './client/client.ts';
export type { ClientOptions } from './client/client-options.ts';
export type { ClientEvents, MetaAlarm } from './client/client-events.ts';
export type { Listener, Stop } from './client/events.ts';
export { defineHandler, type HandlerOptions } from './client/define-handler.ts';
export { SentContent } from './device/sent-content.ts';
export type { DeviceContext, MessageOptions } from './device/own-device.ts';
export type { Contact } from './contacts/contacts.ts';
export type { Conversation, Conversations, MessageRange } from './conversations/conversations.ts';
export type { StoredMessage } from './conversations/message-table.ts';
export type { Delivery } from './outbox/delivery.ts';
export type { DeliveryState } from './outbox/delivery-table.ts';
export type { Refusal } from './inbox/inbox.ts';
export type { HandlerFailure } from './inbox/handlers.ts';
export type { ConnectionState } from './session/line.ts';
export type { PauseOptions } from './session/pauses.ts';
export type {
  DownloadRequest,
  FileBody,
  FileLimits,
  FilePurpose,
  FileService,
  FileSpool,
  SpooledFile,
  UploadedFile,
  UploadRequest,
} from './ports/file-service.ts';
export { Files, type FilesHost } from './files/files.ts';
export type { DownloadOptions, FilesOptions, UploadAvatarOptions, UploadOptions } from './files/files-options.ts';
export type { DownloadedFile } from './files/download-file.ts';
export type { FileContentParts, FileContents, FileKind } from './files/file-contents.ts';
export type { FileToDownload } from './files/file-facts.ts';
export type { FileSource } from './files/file-source.ts';
export type { FileProgress, OnFileProgress } from './files/progress.ts';
export { blobSpool } from './files/blob-spool.ts';
export {
  DEPLOYED_FILE_LIMITS,
  httpFileService,
  type HttpFileServiceOptions,
  type HttpUploadOptions,
} from './files/http-file-service.ts';
export type { ByteStream } from './transport/byte-stream.ts';
export { DEFAULT_CONNECTION_LIMITS, type ConnectionLimits } from './transport/connection-limits.ts';
export { MtpConnection, type MtpConnectionOptions } from './transport/mtp-connection.ts';
export { Transactions } from './transport/mtp-packet.ts';
export type { WebSocketClass, WebSocketLike } from './transport/web-socket.ts';
export { webSocketTransport, type WebSocketTransportOptions } from './transport/web-socket-transport.ts';
export { GroupBook, type GroupHistory } from './groups/group-book.ts';
export type { GroupLimits, GroupOptions } from './groups/group-context.ts';
export { groupDispatch, SHARED_GROUP_SIZE, type GroupDispatch } from './groups/group-dispatch.ts';
export { groupHandlers } from './groups/group-handlers.ts';
export { GroupManager, type GroupManagerOptions } from './groups/group-manager.ts';
export type { FoundOptions } from './groups/found-group.ts';
export { MAX_PENDING, roleOf, type GroupState, type Invitation, type JoinRequest } from './groups/group-state.ts';
export { foldHistory, type FoldedHistory, type GroupFacts, type Verdict } from './groups/fold-history.ts';
export type { GroupBulletin } from './groups/group-bulletin.ts';
export type { HistoryCommand, HistoryEntry } from './groups/history-entry.ts';
export type { HistoryLimits } from './groups/retain-history.ts';
export {
  permissionOf,
  PERMISSIONS,
  type GroupAction,
  type GroupRole,
  type Permission,
  type GroupRefusal,
} from './groups/permissions.ts';
export type { GroupAdditions, GroupPlan } from './groups/plan-group.ts';
