/**
 * Command: a content that asks for something or answers.
 *
 * `{ "type": "136", "sn", "time", "group"?, "command": "meta", … }` · history commands have type `137` and a time
 * The name is also read from `cmd`. An unknown command is still a command, and one with a group a group command.
 */
import {
  Content,
  ContentType,
  DimError,
  fieldOfAny,
  newContentInit,
  toReader,
  type ClassOrReader,
  type ContentInit,
  type ContentReaders,
  type CreateContentOptions,
  type JsonMap,
} from 'dkd';

/** What the core read of a command map. */
export interface CommandInit extends ContentInit {
  /** The command's name. */
  readonly command: string;
}

/** A command. Each kind has a class of its own. */
export abstract class Command extends Content {
  /** The command's name, as on the wire. */
  readonly command: string;

  constructor(init: CommandInit) {
    super(init);
    this.command = init.command;
  }
}

/** A command that no plugin defines. Nothing of it is lost. */
export class UnknownCommand extends Command {
  readonly kind = 'command';
}

/** A history command (type 137) that no plugin defines. Nothing of it is lost. */
export class UnknownHistoryCommand extends Command {
  readonly kind = 'history-command';
}

/** How to read one command. */
export interface CommandDefinition<C extends Command = Command> {
  readonly defines: 'command';
  /** The command's name. */
  readonly command: string;
  /**
   * Makes the command of what the core read; checks the fields of its kind.
   * @throws DimError `INPUT_…`
   */
  read(init: CommandInit, readers: ContentReaders): C;
}

/**
 * Defines a command, with a class or a reader function.
 *
 * @example
 * ```ts
 * import { Command, defineCommand, definePlugin, newCommandInit, textOf } from 'dimp';
 *
 * class PingCommand extends Command {
 *   readonly kind = 'ping';
 *   readonly nonce = textOf(this.fields, 'nonce');
 *
 *   static create(nonce: string): PingCommand {
 *     return new PingCommand(newCommandInit('ping', { nonce }));
 *   }
 * }
 * const pingPlugin = definePlugin('ping', [defineCommand({ command: 'ping', class: PingCommand })]);
 * ```
 */
export function defineCommand<C extends Command>(
  definition: Pick<CommandDefinition, 'command'> & ClassOrReader<[init: CommandInit, readers: ContentReaders], C>,
): CommandDefinition<C> {
  return { defines: 'command', command: definition.command, read: toReader(definition) };
}

/** Options of a new command. */
export interface CreateCommandOptions extends CreateContentOptions {
  /** Whether it is a history command, of type 137. */
  readonly history?: boolean;
}

/** What a class needs to make a new command with fields of its own. */
export function newCommandInit(command: string, own: JsonMap, options: CreateCommandOptions = {}): CommandInit {
  const type = options.history === true ? ContentType.HISTORY : ContentType.COMMAND;
  return { ...newContentInit(type, { command, ...own }, options), command };
}

/** A command's name is a short word: it goes into logs, and picks the code that reads it. */
const COMMAND_NAME = /^[\p{L}\p{N}][\p{L}\p{N}._:-]{0,63}$/u;

/** The command's parts, of what the core read of its content. */
export function readCommandInit(init: ContentInit): CommandInit {
  const command = fieldOfAny(init.fields, ['command', 'cmd']);
  if (command === undefined) throw new DimError('INPUT_MISSING', 'is required', { path: 'command' });
  if (typeof command !== 'string' || !COMMAND_NAME.test(command)) {
    throw new DimError('INPUT_FORMAT', 'must be the name of a command', { path: 'command' });
  }
  if (init.type === ContentType.HISTORY && init.time === undefined) {
    throw new DimError('INPUT_MISSING', 'is required in a history command', { path: 'time' });
  }
  return { ...init, command };
}
