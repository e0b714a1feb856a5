/**
 * Command: a content that asks for something or answers.
 *
 * `{ "type": "136", "sn", "time", "group"?, "command": "meta", … }` · history commands have type `137` and a time
 * The name is also read from `cmd`. An unknown command is still a command, and one with a group a group command.
 */
import {
  Content,
  ContentType,
  createContent,
  DimError,
  type ContentInit,
  type ContentReaders,
  type CreateContentOptions,
} from 'dkd';
import { checkArguments, fieldOfAny, toReader, type ClassOrReader, type NewFields } from 'dkd/extend';

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

/** A command that no plugin defines, of a group or of none. Nothing of it is lost. */
export class UnknownCommand extends Command {
  readonly kind = 'unknown-command';
}

/** A history command (type 137) that no plugin defines, of a group or of none. Nothing of it is lost. */
export class UnknownHistoryCommand extends Command {
  readonly kind = 'unknown-history-command';
}

/** How to read one command. */
export interface CommandDefinition<C extends Command = Command> {
  readonly defines: 'command';
  /** The command's name. */
  readonly command: string;
  /** The literal `kind` of the class. */
  readonly kind: C['kind'];
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
 * import { Command, createCommand, defineCommand, definePlugin } from 'dimp';
 * import { textOf } from 'dimp/extend';
 *
 * class PingCommand extends Command {
 *   readonly kind = 'ping';
 *   readonly nonce: string = textOf(this.fields, 'nonce');
 *
 *   static create(nonce: string): PingCommand {
 *     return createCommand(pingDefinition, { nonce });
 *   }
 * }
 * const pingDefinition = defineCommand({ command: 'ping', kind: 'ping', class: PingCommand });
 * const pingPlugin = definePlugin('ping', [pingDefinition]);
 * ```
 * @param definition.kind the literal `kind` of the class, which no other content of a context may have
 * @throws DimError `USAGE_ARGUMENT` for a name that no command can have
 */
export function defineCommand<C extends Command>(
  definition: Pick<CommandDefinition<C>, 'command' | 'kind'> &
    ClassOrReader<[init: CommandInit, readers: ContentReaders], C>,
): CommandDefinition<C> {
  const { command, kind } = definition;
  if (!isCommandName(command))
    throw new DimError('USAGE_ARGUMENT', 'must be the name of a command', { path: 'command' });
  return { defines: 'command', command, kind, read: toReader(definition) };
}

/** Options of a new command. */
export interface CreateCommandOptions extends CreateContentOptions {
  /** Whether it is a history command, of type 137. */
  readonly history?: boolean;
}

/**
 * A new command.
 *
 * @param definition how commands of its name are read
 * @param own the fields of its kind: see `createContent`
 * @throws DimError `USAGE_ARGUMENT` with the path of what no reader would take
 */
export function createCommand<C extends Command>(
  definition: Pick<CommandDefinition<C>, 'command' | 'read'>,
  own: NewFields,
  options: CreateCommandOptions = {},
): C {
  return checkArguments(() => {
    const { history, ...common } = options;
    return createContent(
      {
        type: history === true ? ContentType.HISTORY : ContentType.COMMAND,
        read: (init, readers) => definition.read(readCommandInit(init), readers),
      },
      { command: definition.command, ...own },
      common,
    );
  });
}

/** A command's name is a short word: it goes into logs, and picks the code that reads it. */
const COMMAND_NAME = /^[\p{L}\p{N}][\p{L}\p{N}._:-]{0,63}$/u;

function isCommandName(name: unknown): name is string {
  return typeof name === 'string' && COMMAND_NAME.test(name);
}

/** The command's parts, of what the core read of its content. */
export function readCommandInit(init: ContentInit): CommandInit {
  const command = fieldOfAny(init.fields, ['command', 'cmd']);
  if (command === undefined) throw new DimError('INPUT_MISSING', 'is required', { path: 'command' });
  if (!isCommandName(command)) throw new DimError('INPUT_FORMAT', 'must be the name of a command', { path: 'command' });
  if (init.type === ContentType.HISTORY && init.time === undefined) {
    throw new DimError('INPUT_MISSING', 'is required in a history command', { path: 'time' });
  }
  return { ...init, command };
}
