/**
 * `dimsdk`: a person at a device, who sends, receives, and loses nothing. For applications; it runs everywhere. What needs a
 * platform is in `dimsdk/node` and `dimsdk/browser`, recovery words are in `dimsdk/words`, and what authors of stores and
 * transports use beside the ports is in `dimsdk/extend`.
 */

// The client.
export { clientPlugin } from './client/client-plugin.ts';
export { createClient, type Client } from './client/client.ts';
export type { ClientOptions, ClientSendOptions } from './client/client-options.ts';
export type { ClientEvents, OfKind, MetaAlarm } from './client/client-events.ts';
export type { Listener, Stop } from './client/events.ts';
export type { DeviceContext, MessageOptions } from './device/own-device.ts';
export { SentContent } from './device/sent-content.ts';
export type { Refusal } from './inbox/inbox-host.ts';
export type { ConnectionState } from './session/line.ts';
export type { PauseOptions } from './session/pauses.ts';

// Handlers.
export { defineHandler, type HandlerOptions } from './client/define-handler.ts';
export type { HandlerDefinition, Outgoing, Reaction, Received } from './ports/handler.ts';
export type { HandlerFailure } from './inbox/handlers.ts';

// Contacts, conversations, deliveries.
export type { Contact } from './contacts/contacts.ts';
export type { KnownOfContact } from './contacts/add-contact.ts';
export type { Conversation, ConversationRange, Conversations, MessageRange } from './conversations/conversations.ts';
export type { StoredMessage } from './conversations/message-table.ts';
export type { Delivery } from './outbox/delivery.ts';
export type { StrangerLimitOptions } from './conversations/stranger-limits.ts';
export type { ConversationKind } from './conversations/conversation-table.ts';
export type { DeliveryState, DeliveryWait } from './outbox/delivery-table.ts';

// Groups.
export type { Groups } from './client/groups.ts';
export type { FoundOptions } from './groups/found-group.ts';
export { type HistoryCommand, type HistoryEntry } from './groups/history-entry.ts';
export type { GroupChange, GroupChangeKind } from './groups/group-changes.ts';
export { roleOf, type GroupState, type Invitation, type JoinRequest } from './groups/group-state.ts';
export {
  permissionOf,
  type GroupAction,
  type GroupRefusal,
  type GroupRole,
  type Permission,
} from './groups/permissions.ts';

// Files.
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

// Who lives here, and how private keys are kept.
export { addLocalUser } from './identity/add-local-user.ts';
export { removeLocalUser } from './identity/remove-local-user.ts';
export { localUsers } from './store/local-users.ts';
export { passphraseVault, type PassphraseVault, type PassphraseVaultOptions } from './identity/passphrase-vault.ts';
export type { Scrypt, ScryptCost } from './identity/scrypt.ts';
export { withVault } from './store/with-vault.ts';
export type { VaultChoice } from './store/vault-choice.ts';
export { changeVault, type ChangeVaultOptions } from './store/change-vault.ts';
export { exportIdentity, type ExportOptions } from './identity/export-identity.ts';
export { importIdentity, type ImportedIdentity, type ImportOptions } from './identity/import-identity.ts';
export type { RefusedContact } from './identity/identity-file.ts';

// Stores and transports that need no platform.
export { MemoryClientStore } from './store/memory-client-store.ts';
export type { ConnectionLimits } from './transport/connection-limits.ts';
export type { WebSocketClass, WebSocketLike } from './transport/web-socket.ts';
export { webSocketTransport, type WebSocketTransportOptions } from './transport/web-socket-transport.ts';

// The ports: what an application may bring itself.
export { systemClock, type Clock } from './ports/clock.ts';
export { silentLogger, type LogDetails, type Logger } from './ports/logger.ts';
export type { ClientStore, Row, RowChange, RowPosition, RowRange } from './ports/client-store.ts';
export type { KeyVault } from './ports/key-vault.ts';
export type {
  Connection,
  ConnectionEnd,
  ConnectOptions,
  IncomingPayload,
  StationAddress,
  Transport,
} from './ports/connection.ts';
export type {
  DownloadRequest,
  Fetch,
  FileBody,
  FileLimits,
  FilePurpose,
  FileService,
  FileSpool,
  SpooledFile,
  UploadedFile,
  UploadRequest,
} from './ports/file-service.ts';
