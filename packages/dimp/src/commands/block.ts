/**
 * Block command: whose messages a station shall not deliver.
 *
 * `{ "type": "136", "sn", "time", "command": "block", "list"?: [ID] }`
 * Without a list it is a query.
 */
import type { CreateContentOptions, ID } from 'dkd';
import { createCommand, defineCommand, type CommandDefinition } from './command.ts';
import { ContactListCommand, createContactList, readContactListInit } from './contact-list.ts';

/** Whose messages a station shall not deliver. */
export class BlockCommand extends ContactListCommand {
  readonly kind = 'block';

  /** Asks a station for the list. */
  static query(options: CreateContentOptions = {}): BlockCommand {
    return createCommand(blockDefinition, {}, options);
  }

  /**
   * Gives the whole list, which replaces the one before.
   *
   * @example
   * ```ts
   * import { ANYONE, BlockCommand } from 'dimp';
   *
   * BlockCommand.update([ANYONE]).list?.length; // 1
   * ```
   * @throws DimError `USAGE_ARGUMENT`
   */
  static update(list: readonly ID[], options: CreateContentOptions = {}): BlockCommand {
    return createContactList(blockDefinition, list, options);
  }
}

/** Reads block commands. */
export const blockDefinition: CommandDefinition<BlockCommand> = /* @__PURE__ */ defineCommand({
  command: 'block',
  kind: 'block',
  read: (init, readers) => new BlockCommand(readContactListInit(init, readers)),
});
