/**
 * Mute command: whose messages shall make no sound.
 *
 * `{ "type": "136", "sn", "time", "command": "mute", "list"?: [ID] }`
 * Without a list it is a query.
 */
import type { CreateContentOptions, ID } from 'dkd';
import { defineCommand, type CommandDefinition } from './command.ts';
import { ContactListCommand, newContactListInit, readContactListInit } from './contact-list.ts';

/** Whose messages shall make no sound. */
export class MuteCommand extends ContactListCommand {
  readonly kind = 'mute';

  /** Asks a station for the list. */
  static query(options: CreateContentOptions = {}): MuteCommand {
    return new MuteCommand(newContactListInit('mute', undefined, options));
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
   */
  static update(list: readonly ID[], options: CreateContentOptions = {}): MuteCommand {
    return new MuteCommand(newContactListInit('mute', list, options));
  }
}

/** Reads mute commands. */
export const muteDefinition: CommandDefinition<MuteCommand> = /* @__PURE__ */ defineCommand({
  command: 'mute',
  read: (init, readers) => new MuteCommand(readContactListInit(init, readers)),
});
