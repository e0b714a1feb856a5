/**
 * Mute command: whose messages shall make no sound.
 *
 * `{ "type": "136", "sn", "time", "command": "mute", "list"?: [ID] }`
 * Without a list it is a query.
 */
import type { CreateContentOptions, ID } from 'dkd';
import { createCommand, defineCommand, type CommandDefinition } from './command.ts';
import { ContactListCommand, createContactList, readContactListInit } from './contact-list.ts';

/** Whose messages shall make no sound. */
export class MuteCommand extends ContactListCommand {
  readonly kind = 'mute';

  /** Asks a station for the list. */
  static query(options: CreateContentOptions = {}): MuteCommand {
    return createCommand(muteDefinition, {}, options);
  }

  /**
   * Gives the whole list, which replaces the one before.
   *
   * @example
   * ```ts
   * import { ANYONE, MuteCommand } from 'dimp';
   *
   * MuteCommand.update([ANYONE]).list?.length; // 1
   * ```
   * @throws DimError `USAGE_ARGUMENT`
   */
  static update(list: readonly ID[], options: CreateContentOptions = {}): MuteCommand {
    return createContactList(muteDefinition, list, options);
  }
}

/** Reads mute commands. */
export const muteDefinition: CommandDefinition<MuteCommand> = /* @__PURE__ */ defineCommand({
  command: 'mute',
  kind: 'mute',
  read: (init, readers) => new MuteCommand(readContactListInit(init, readers)),
});
