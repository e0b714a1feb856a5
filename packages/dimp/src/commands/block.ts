/**
 * Block command: whose messages a station shall not deliver.
 *
 * `{ "type": "136", "sn", "time", "command": "block", "list"?: [ID] }`
 * Without a list it is a query.
 */
import type { CreateContentOptions, ID } from 'dkd';
import { readOptionalListOf } from '../contents/read-list.ts';
import { Command, defineCommand, newCommandInit, type CommandDefinition, type CommandInit } from './command.ts';

/** Whose messages a station shall not deliver. */
export class BlockCommand extends Command {
  readonly kind = 'block';
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
  static query(options: CreateContentOptions = {}): BlockCommand {
    return new BlockCommand(newCommandInit('block', {}, options), undefined);
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
   */
  static update(list: readonly ID[], options: CreateContentOptions = {}): BlockCommand {
    const own = { list: Object.freeze(list.map(String)) };
    return new BlockCommand(newCommandInit('block', own, options), Object.freeze([...list]));
  }
}

/** Reads block commands. */
export const blockDefinition: CommandDefinition<BlockCommand> = /* @__PURE__ */ defineCommand({
  command: 'block',
  read: (init, readers) =>
    new BlockCommand(
      init,
      readOptionalListOf(init.fields, 'list', (id) => readers.readId(id)),
    ),
});
