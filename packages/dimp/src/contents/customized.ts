/**
 * Customized content: for a module of an application. Plugins define such modules.
 *
 * `{ "type": "204", "sn", "time", "group"?, "app": "chat.dim.group", "mod": "history", "act": "query", … }`
 */
import {
  Content,
  ContentType,
  createContent,
  defineContent,
  DimError,
  type ContentDefinition,
  type ContentInit,
  type ContentReaders,
  type CreateContentOptions,
  type Plugin,
} from 'dkd';
import { checkArguments, toReader, type ClassOrReader, type NewFields } from 'dkd/extend';
import { callReader, collectDefinitions } from 'dkd/internal';
import { isModuleName, ownFields, moduleNameOf } from '../fields/module-name.ts';

/** For which module a content is, and what that shall do. */
export interface ModuleAction {
  /** The name of the application: `chat.dim.group`. */
  readonly app: string;
  /** A module of it: `history`. */
  readonly mod: string;
  /** What the module shall do: `query`. */
  readonly act: string;
}

/** What the core read of a customized content's map. */
export interface CustomizedInit extends ContentInit, ModuleAction {}

/** A content for a module of an application. Each module that a plugin defines has a class of its own. */
export abstract class ModuleContent extends Content {
  /** The name of the application. */
  readonly app: string;
  /** A module of it. */
  readonly mod: string;
  /** What the module shall do. */
  readonly act: string;

  constructor(init: CustomizedInit) {
    super(init);
    this.app = init.app;
    this.mod = init.mod;
    this.act = init.act;
  }
}

/** A content for a module that no plugin defines. Nothing of it is lost. */
export class CustomizedContent extends ModuleContent {
  readonly kind = 'unknown-module';

  /**
   * A new content for a module of an application.
   *
   * @example
   * ```ts
   * import { CustomizedContent } from 'dimp';
   *
   * const action = { app: 'com.example.chess', mod: 'board', act: 'move' };
   * CustomizedContent.create(action, { fields: { move: 'e4' } }).act; // move
   * ```
   * @throws DimError `USAGE_ARGUMENT` for names that no reader would take, and for fields that are set by the action
   */
  static create(action: ModuleAction, options: CreateCustomizedOptions = {}): CustomizedContent {
    return checkArguments(() => {
      const { fields, ...common } = options;
      const { app, mod, act } = action;
      const definition = { app, mod, read: (init: CustomizedInit) => new CustomizedContent(init) };
      return createCustomized(definition, act, ownFields(fields), common);
    });
  }
}

/** Options of a new customized content. */
export interface CreateCustomizedOptions extends CreateContentOptions {
  /** What it holds for the module. */
  readonly fields?: NewFields;
}

function readCustomizedInit(init: ContentInit): CustomizedInit {
  const { fields } = init;
  return {
    ...init,
    app: moduleNameOf(fields, 'app'),
    mod: moduleNameOf(fields, 'mod'),
    act: moduleNameOf(fields, 'act'),
  };
}

/** How to read the contents for one module. */
export interface CustomizedDefinition<C extends ModuleContent = ModuleContent> {
  readonly defines: 'customized';
  /** The name of the application. */
  readonly app: string;
  /** A module of it. */
  readonly mod: string;
  /** The literal `kind` of the class. */
  readonly kind: C['kind'];
  /**
   * Makes the content of what the core read; checks the fields of its kind.
   * @throws DimError `INPUT_…`
   */
  read(init: CustomizedInit, readers: ContentReaders): C;
}

/**
 * Defines the contents for a module of an application, with a class or a reader function.
 *
 * @example
 * ```ts
 * import { createCustomized, defineCustomized, definePlugin, ModuleContent } from 'dimp';
 * import { textOf } from 'dimp/extend';
 *
 * class ChessContent extends ModuleContent {
 *   readonly kind = 'chess';
 *   readonly move: string = textOf(this.fields, 'move');
 *
 *   static move(move: string): ChessContent {
 *     return createCustomized(boardDefinition, 'move', { move });
 *   }
 * }
 * const board = { app: 'com.example.chess', mod: 'board' };
 * const boardDefinition = defineCustomized({ ...board, kind: 'chess', class: ChessContent });
 * const chessPlugin = definePlugin('chess', [boardDefinition]);
 * ```
 * @param definition.kind the literal `kind` of the class, which no other content of a context may have
 * @throws DimError `USAGE_ARGUMENT` for a name that no content can have
 */
export function defineCustomized<C extends ModuleContent>(
  definition: Pick<CustomizedDefinition<C>, 'app' | 'mod' | 'kind'> &
    ClassOrReader<[init: CustomizedInit, readers: ContentReaders], C>,
): CustomizedDefinition<C> {
  for (const path of ['app', 'mod'] as const) {
    if (!isModuleName(definition[path])) throw new DimError('USAGE_ARGUMENT', 'cannot be such a name', { path });
  }
  const { app, mod, kind } = definition;
  return { defines: 'customized', app, mod, kind, read: toReader(definition) };
}

/**
 * A new content for a module of an application.
 *
 * @param definition how the contents for the module are read
 * @param act what the module shall do
 * @param own what the content holds: see `createContent`
 * @throws DimError `USAGE_ARGUMENT` with the path of what no reader would take
 */
export function createCustomized<C extends ModuleContent>(
  definition: Pick<CustomizedDefinition<C>, 'app' | 'mod' | 'read'>,
  act: string,
  own: NewFields,
  options?: CreateContentOptions,
): C {
  const { app, mod } = definition;
  return createContent(
    {
      type: ContentType.CUSTOMIZED,
      read: (init, readers) => definition.read(readCustomizedInit(init), readers),
    },
    { app, mod, act, ...own },
    options,
  );
}

/** The content type 204: a content is read by its application and module, among the definitions of all plugins. */
export function customizedContents(plugins: readonly Plugin[]): ContentDefinition<ModuleContent> {
  const definitions = collectDefinitions<CustomizedDefinition>(plugins, 'customized', moduleKey, describeModule);

  function read(init: ContentInit, readers: ContentReaders): ModuleContent {
    const customized = readCustomizedInit(init);
    const definition = definitions.get(moduleKey(customized));
    if (definition === undefined) return new CustomizedContent(customized);
    return callReader(describeModule(definition), () => definition.read(customized, readers));
  }
  return defineContent({ type: ContentType.CUSTOMIZED, kind: 'unknown-module', read });
}

function describeModule({ app, mod }: CustomizedDefinition): string {
  return `module ${mod} of ${app}`;
}

/** Names have no line breaks, so that this tells any two modules apart. */
function moduleKey({ app, mod }: Pick<ModuleAction, 'app' | 'mod'>): string {
  return `${app}\n${mod}`;
}
