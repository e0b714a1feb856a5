/** The contents that every context of this layer knows, and how commands are found by their name. */
import {
  callPlugin,
  collectDefinitions,
  ContentType,
  defineContent,
  definePlugin,
  type Content,
  type ContentDefinition,
  type ContentInit,
  type ContentReaders,
  type Plugin,
} from 'dkd';
import {
  readCommandInit,
  UnknownCommand,
  UnknownHistoryCommand,
  type Command,
  type CommandDefinition,
} from './commands/command.ts';
import { fileContents } from './contents/file-contents.ts';
import { standardContents } from './contents/standard-contents.ts';
import { standardCommands } from './commands/standard-commands.ts';
import { UnknownGroupCommand } from './groups/group-command.ts';
import { groupCommands } from './groups/group-commands.ts';

/** The protocol's own contents and commands. */
export const corePlugin = /* @__PURE__ */ definePlugin('dimp', [
  ...standardContents,
  ...fileContents,
  ...standardCommands,
  ...groupCommands,
]);

/** The contents that a list of plugins defines, commands among them. */
export type DefinedContent<P extends readonly Plugin[]> =
  P[number] extends Plugin<infer D>
    ? D extends ContentDefinition<infer C>
      ? C
      : D extends CommandDefinition<infer C>
        ? C
        : never
    : never;

/** Contents that need no definition to be read. */
export type UnknownKinds = UnknownCommand | UnknownHistoryCommand | UnknownGroupCommand;

/** The content types 136 and 137: a command is found by its name among the definitions of all plugins. */
export function commandsPlugin(plugins: readonly Plugin[]): Plugin<ContentDefinition> {
  const definitions = collectDefinitions<CommandDefinition>(plugins, 'command', (definition) => definition.command);

  function read(init: ContentInit, readers: ContentReaders): Content {
    const command = readCommandInit(init);
    const definition = definitions.get(command.command);
    if (definition !== undefined)
      return callPlugin<Command>(`command ${command.command}`, () => definition.read(command, readers));
    if (command.group !== undefined) return new UnknownGroupCommand(command);
    return init.type === ContentType.HISTORY ? new UnknownHistoryCommand(command) : new UnknownCommand(command);
  }
  return definePlugin('dimp commands', [
    defineContent({ type: ContentType.COMMAND, read }),
    defineContent({ type: ContentType.HISTORY, read }),
  ]);
}
