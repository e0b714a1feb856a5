/**
 * Mute command: whose messages shall make no sound.
 *
 * `{ "type": "136", "sn", "time", "command": "mute", "list"?: [ID] }`
 * Without a list it is a query.
 */
import type { CreateContentOptions, ID } from 'dkd';
import { readOptionalListOf } from '../contents/read-list.ts';
import { Command, defineCommand, newCommandInit, type CommandDefinition, type CommandInit } from './command.ts';

/** Whose messages shall make no sound. */
export class MuteCommand extends Command {
  readonly kind = 'mute';
  /** The whole list; undefined in a query. */
  readonly list: readonly ID[] | undefined;

  constructor(init: CommandInit, list: readonly ID[] | undefined) {
    super(init);
    this.list = list;
  }

  /** Whether it asks for the list. */
  get isQuery(): boolean {
    return this.list === undefined;
  }

  /** Asks a station for the list. */
  static query(options: CreateContentOptions = {}): MuteCommand {
    return new MuteCommand(newCommandInit('mute', {}, options), undefined);
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
    const own = { list: Object.freeze(list.map(String)) };
    return new MuteCommand(newCommandInit('mute', own, options), Object.freeze([...list]));
  }
}

/** Reads mute commands. */
export const muteDefinition: CommandDefinition<MuteCommand> = /* @__PURE__ */ defineCommand({
  command: 'mute',
  read: (init, readers) =>
    new MuteCommand(
      init,
      readOptionalListOf(init.fields, 'list', (id) => readers.readId(id)),
    ),
});
