/** The contents that every context of this layer knows, and how commands are found by their name. */
import {
  ContentType,
  defineContent,
  definePlugin,
  DimError,
  type Content,
  type ContentDefinition,
  type ContentInit,
  type ContentReaders,
  type Plugin,
} from 'dkd';
import { callReader, collectDefinitions } from 'dkd/internal';
import {
  readCommandInit,
  UnknownCommand,
  UnknownHistoryCommand,
  type Command,
  type CommandDefinition,
} from '../commands/command.ts';
import { applicationContents, type ApplicationContent, type ApplicationDefinition } from '../contents/application.ts';
import { customizedContents, type CustomizedContent, type CustomizedDefinition } from '../contents/customized.ts';
import { fileContents } from '../contents/file-contents.ts';
import { standardContents } from '../contents/standard-contents.ts';
import { standardCommands } from '../commands/standard-commands.ts';
import { groupCommands } from '../groups/group-commands.ts';
import { groupHistoryDefinition } from '../groups/group-history.ts';
import { groupKeysDefinition } from '../groups/group-keys.ts';

/** The protocol's own contents and commands. */
export const dimpDefinitions = /* @__PURE__ */ definePlugin('dimp', [
  ...standardContents,
  ...fileContents,
  ...standardCommands,
  ...groupCommands,
  groupHistoryDefinition,
  groupKeysDefinition,
]);

/** The contents that a list of plugins defines, commands among them. */
export type DefinedContent<P extends readonly Plugin[]> =
  P[number] extends Plugin<infer D>
    ? D extends ContentDefinition<infer C>
      ? C
      : D extends CommandDefinition<infer C>
        ? C
        : D extends CustomizedDefinition<infer C>
          ? C
          : D extends ApplicationDefinition<infer C>
            ? C
            : never
    : never;

/** Contents that need no definition to be read. */
export type UnknownKinds = UnknownCommand | UnknownHistoryCommand | ApplicationContent | CustomizedContent;

/** What to define in place of a content type that is found by a name in it. */
const BY_NAME: ReadonlyMap<string, string> = /* @__PURE__ */ new Map([
  [ContentType.COMMAND, 'a command by its name: use defineCommand'],
  [ContentType.HISTORY, 'a command by its name: use defineCommand'],
  [ContentType.APPLICATION, 'an application by its name: use defineApplication'],
  [ContentType.CUSTOMIZED, 'a module by its name: use defineCustomized'],
]);

/** Nobody may replace these: the commands, applications and modules of all other plugins would be gone. */
function checkTypes(plugins: readonly Plugin[]): void {
  for (const { name, definitions } of plugins) {
    for (const { defines, type } of definitions as readonly Partial<ContentDefinition>[]) {
      const remedy = defines === 'content' && type !== undefined ? BY_NAME.get(type) : undefined;
      if (remedy === undefined) continue;
      throw new DimError(
        'USAGE_DUPLICATE',
        `content ${type} of plugin ${name} is one of plugin dimp, which finds ${remedy}`,
      );
    }
  }
}

/**
 * The content types that are found by a name in them, among the definitions of all plugins: commands (136 and 137),
 * contents of applications (160) and of their modules (204).
 * @throws DimError `USAGE_DUPLICATE`
 */
export function namedContentsPlugin(plugins: readonly Plugin[]): Plugin {
  checkTypes(plugins);
  const definitions = collectDefinitions<CommandDefinition>(plugins, 'command', (definition) => definition.command);

  function read(init: ContentInit, readers: ContentReaders): Content {
    const command = readCommandInit(init);
    const definition = definitions.get(command.command);
    if (definition !== undefined)
      return callReader<Command>(`command ${command.command}`, () => definition.read(command, readers));
    return init.type === ContentType.HISTORY ? new UnknownHistoryCommand(command) : new UnknownCommand(command);
  }
  return definePlugin('dimp', [
    defineContent({ type: ContentType.COMMAND, kind: 'unknown-command', read }),
    defineContent({ type: ContentType.HISTORY, kind: 'unknown-history-command', read }),
    applicationContents(plugins),
    customizedContents(plugins),
  ]);
}
