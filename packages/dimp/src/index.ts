/** dimp, the Decentralized Instant Messaging Protocol: its contents, and packing and unpacking of messages. */
export * from 'dkd';

export { createDim, type Dim, type DimContent } from './create-dim.ts';
export { corePlugin, type DefinedContent, type UnknownKinds } from './core-plugin.ts';

export { Command, defineCommand, newCommandInit, UnknownCommand, UnknownHistoryCommand } from './commands/command.ts';
export type { CommandDefinition, CommandInit, CreateCommandOptions } from './commands/command.ts';
export {
  GroupCommand,
  newGroupCommandInit,
  readGroupCommandInit,
  UnknownGroupCommand,
} from './groups/group-command.ts';
export type { GroupCommandInit } from './groups/group-command.ts';

export { TextContent } from './contents/text.ts';

export { type CreateUserOptions, type User } from './accounts/create-user.ts';
export { type CreateGroupOptions, type Group } from './accounts/create-group.ts';

export type { IdentityStore } from './messaging/identity-store.ts';
export { MemoryStore } from './messaging/memory-store.ts';
export { Messenger, type MessengerOptions, type PackOptions, type UnpackedMessage } from './messaging/messenger.ts';
