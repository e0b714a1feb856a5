/** dimp, the Decentralized Instant Messaging Protocol: its contents, and packing and unpacking of messages. */
export * from 'dkd';

export { createDim, type Dim, type DimContent, type DimOptions } from './context/create-dim.ts';

export {
  Command,
  createCommand,
  defineCommand,
  UnknownCommand,
  UnknownHistoryCommand,
  type CommandDefinition,
  type CommandInit,
  type CreateCommandOptions,
} from './commands/command.ts';
export { MetaCommand } from './commands/meta.ts';
export { DocumentsCommand, type DocumentsAnswerOptions, type DocumentsQueryOptions } from './commands/documents.ts';
export { ReceiptCommand, type CreateReceiptOptions, type ReceiptOriginParts } from './commands/receipt.ts';
export type { ReceiptOrigin } from './commands/read-origin.ts';
export { AccountHistoryCommand, type CreateAccountHistoryOptions } from './commands/account-history.ts';
export { RegisterCommand } from './commands/register.ts';
export { SuicideCommand } from './commands/suicide.ts';
export { stationPlugin } from './commands/station-plugin.ts';
export { HandshakeCommand, type HandshakeState, type OfferHandshakeOptions } from './commands/handshake.ts';
export { LoginCommand, type LoginParts, type LoginProvider, type LoginStation } from './commands/login.ts';
export { ReportCommand } from './commands/report.ts';
export { AnsCommand } from './commands/ans.ts';
export { MuteCommand } from './commands/mute.ts';
export { BlockCommand } from './commands/block.ts';
export { SearchCommand, type SearchQueryOptions } from './commands/search.ts';
export { StorageCommand, type StorageParts } from './commands/storage.ts';
export { PushCommand, type PushItem } from './commands/push.ts';

export { GroupCommand } from './groups/group-command.ts';
export { InviteCommand } from './groups/invite.ts';
export { ExpelCommand } from './groups/expel.ts';
export { JoinCommand } from './groups/join.ts';
export { QuitCommand } from './groups/quit.ts';
export { ResetCommand } from './groups/reset.ts';
export { FoundCommand } from './groups/found.ts';
export { AbdicateCommand } from './groups/abdicate.ts';
export { HireCommand } from './groups/hire.ts';
export { FireCommand } from './groups/fire.ts';
export { ResignCommand } from './groups/resign.ts';
export { GroupQueryCommand, type CreateGroupQueryOptions } from './groups/group-query.ts';
export { GroupHistoryContent, type GroupHistoryQueryOptions } from './groups/group-history.ts';
export {
  GroupKeysContent,
  type GroupKeysAct,
  type GroupKeysQueryOptions,
  type GroupKeysRequestOptions,
  type GroupKeysUpdateOptions,
  type GroupMemberKey,
} from './groups/group-keys.ts';

export { TextContent } from './contents/text.ts';
export { AttachmentContent, type FileParts } from './contents/attachment.ts';
export { FileContent } from './contents/file.ts';
export { ImageContent, type ImageParts } from './contents/image.ts';
export { AudioContent, type AudioParts } from './contents/audio.ts';
export { VideoContent, type VideoParts } from './contents/video.ts';
export { PageContent, type PageParts } from './contents/page.ts';
export { NameCardContent, type NameCardParts } from './contents/name-card.ts';
export { QuoteContent, type QuoteOrigin } from './contents/quote.ts';
export { MoneyContent, type MoneyParts } from './contents/money.ts';
export { TransferContent, type TransferParties } from './contents/transfer.ts';
export { ArrayContent } from './contents/array.ts';
export { CombineForwardContent, type CreateCombineOptions } from './contents/combine-forward.ts';
export { ForwardContent } from './contents/forward.ts';
export {
  ApplicationContent,
  createApplication,
  defineApplication,
  type ApplicationDefinition,
  type ApplicationInit,
  type ApplicationParts,
  type CreateApplicationOptions,
} from './contents/application.ts';
export {
  createCustomized,
  CustomizedContent,
  defineCustomized,
  ModuleContent,
  type CreateCustomizedOptions,
  type CustomizedDefinition,
  type CustomizedInit,
  type ModuleAction,
} from './contents/customized.ts';

export { encryptFile, encryptFileStream, type EncryptedFile, type FileEncryption } from './files/encrypt-file.ts';
export { decryptFile, decryptFileStream } from './files/decrypt-file.ts';
export type { ByteTransform } from './files/cipher-stream.ts';

export type { CreateUserOptions, User, UserKeys } from './accounts/create-user.ts';
export type { CreateDeviceOptions } from './accounts/create-device.ts';
export type { CreateGroupOptions, Group } from './accounts/create-group.ts';
export type { Contact } from './accounts/add-identity.ts';

export type { WireShape } from './wire-shapes/wire-shape.ts';

export type { KeptMessageKey, KeyRing, Memory, MessageKeyUse, Nothing, PinnedMeta } from './memory/memory.ts';
export type { Change, Plan, Store } from './memory/change.ts';
export { MemoryStore, type MemoryStoreOptions } from './memory/memory-store.ts';

export { authenticate, type AuthenticatedMessage, type AuthenticateOptions } from './trust/authenticate.ts';
export type { Introduction } from './trust/introduction.ts';
export type { IdentityCodecs } from './trust/known-identity.ts';
export {
  learnIdentity,
  type LearnedIdentity,
  type LearnOptions,
  type OfferedIdentity,
} from './trust/learn-identity.ts';

export { MESSAGE_ALGORITHMS } from './message-keys/choose-message-algorithm.ts';

export { openMessage, type OpenOptions, type ReplayLimits, type UnpackedMessage } from './messaging/open-message.ts';
export { packMessage, type PackedMessage, type PackMessageOptions, type Writer } from './messaging/pack-message.ts';
export { Messenger, type MessengerOptions, type OpenedPackage, type PackOptions } from './messaging/messenger.ts';

export { explainMessage, type ExplainOptions } from './explain/explain-message.ts';
export type {
  EnvelopeExplanation,
  ExplanationStep,
  FieldExplanation,
  KeyEntryExplanation,
  KeysExplanation,
  MessageExplanation,
  SignedBy,
} from './explain/explanation.ts';
export type { Fault, FirstOf, MissingThing } from './explain/fault.ts';
export type {
  DataExplanation,
  FormExplanation,
  MapKind,
  SignName,
  WireSign,
  Written,
} from './explain/form-explanation.ts';
export type {
  AgreementExplanation,
  ContentExplanation,
  ContentFacts,
  ContentSource,
  Freshness,
  OpeningExplanation,
} from './explain/opening-explanation.ts';
export type {
  AttachedExplanation,
  IntroductionExplanation,
  ProofExplanation,
  SignatureExplanation,
  SignerExplanation,
} from './explain/sender-explanation.ts';
