/**
 * Application content: for an application, by its name. Plugins define what those of an application hold.
 *
 * `{ "type": "160", "sn", "time", "group"?, "app": "chat.dim.sechat", "mod"?, "act"?, … }`
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
import { isModuleName, ownFields, moduleNameOf, optionalModuleNameOf } from '../fields/module-name.ts';

/** The parts of a new application content. */
export interface ApplicationParts {
  /** The name of the application: `chat.dim.sechat`. */
  readonly app: string;
  /** A module of it. */
  readonly mod?: string;
  /** What the module shall do. */
  readonly act?: string;
}

/** What the core read of an application content's map. */
export interface ApplicationInit extends ContentInit {
  /** The name of the application. */
  readonly app: string;
  /** A module of it; undefined when the content names none. */
  readonly mod: string | undefined;
  /** What the module shall do; undefined when the content does not say. */
  readonly act: string | undefined;
}

/** A content for an application that no plugin defines. What it holds is for the application to read, in `fields`. */
export class ApplicationContent extends Content {
  readonly kind = 'unknown-application';
  /** The name of the application. */
  readonly app: string;
  /** A module of it; undefined when the content names none. */
  readonly mod: string | undefined;
  /** What the module shall do; undefined when the content does not say. */
  readonly act: string | undefined;

  constructor(init: ApplicationInit) {
    super(init);
    this.app = init.app;
    this.mod = init.mod;
    this.act = init.act;
  }

  /**
   * A new content for an application.
   *
   * @example
   * ```ts
   * import { ApplicationContent } from 'dimp';
   *
   * ApplicationContent.create({ app: 'com.example.chess' }, { fields: { move: 'e4' } }).fields['move']; // e4
   * ```
   * @throws DimError `USAGE_ARGUMENT` for names that no reader would take, and for fields that are set by the parts
   */
  static create(parts: ApplicationParts, options: CreateApplicationOptions = {}): ApplicationContent {
    return checkArguments(() => {
      const { fields, ...common } = options;
      const { app, mod, act } = parts;
      const read = (init: ContentInit) => new ApplicationContent(readApplicationInit(init));
      return createContent({ type: ContentType.APPLICATION, read }, { app, mod, act, ...ownFields(fields) }, common);
    });
  }
}

/** Options of a new content for an application. */
export interface CreateApplicationOptions extends CreateContentOptions {
  /** What it holds for the application. */
  readonly fields?: NewFields;
}

function readApplicationInit(init: ContentInit): ApplicationInit {
  const { fields } = init;
  return {
    ...init,
    app: moduleNameOf(fields, 'app'),
    mod: optionalModuleNameOf(fields, 'mod'),
    act: optionalModuleNameOf(fields, 'act'),
  };
}

/** How to read the contents of one application. */
export interface ApplicationDefinition<C extends Content = Content> {
  readonly defines: 'application';
  /** The name of the application. */
  readonly app: string;
  /** The literal `kind` of the class. */
  readonly kind: C['kind'];
  /**
   * Makes the content of what the core read; checks the fields of its kind.
   * @throws DimError `INPUT_…`
   */
  read(init: ApplicationInit, readers: ContentReaders): C;
}

/**
 * Defines the contents of an application, with a class or a reader function.
 *
 * @example
 * ```ts
 * import { Content, createApplication, defineApplication, definePlugin } from 'dimp';
 * import { textOf } from 'dimp/extend';
 *
 * class Move extends Content {
 *   readonly kind = 'chess-move';
 *   readonly move: string = textOf(this.fields, 'move');
 *
 *   static create(move: string): Move {
 *     return createApplication(chessDefinition, { move });
 *   }
 * }
 * const chessDefinition = defineApplication({ app: 'com.example.chess', kind: 'chess-move', class: Move });
 * const chessPlugin = definePlugin('chess', [chessDefinition]);
 * ```
 * @param definition.kind the literal `kind` of the class, which no other content of a context may have
 * @throws DimError `USAGE_ARGUMENT` for a name that no content can have
 */
export function defineApplication<C extends Content>(
  definition: Pick<ApplicationDefinition<C>, 'app' | 'kind'> &
    ClassOrReader<[init: ApplicationInit, readers: ContentReaders], C>,
): ApplicationDefinition<C> {
  const { app, kind } = definition;
  if (!isModuleName(app)) throw new DimError('USAGE_ARGUMENT', 'cannot be such a name', { path: 'app' });
  return { defines: 'application', app, kind, read: toReader(definition) };
}

/**
 * A new content of an application.
 *
 * @param definition how the contents of the application are read
 * @param own what it holds, `mod` and `act` among it where the application has them: see `createContent`
 * @throws DimError `USAGE_ARGUMENT` with the path of what no reader would take
 */
export function createApplication<C extends Content>(
  definition: Pick<ApplicationDefinition<C>, 'app' | 'read'>,
  own: NewFields,
  options?: CreateContentOptions,
): C {
  return createContent(
    {
      type: ContentType.APPLICATION,
      read: (init, readers) => definition.read(readApplicationInit(init), readers),
    },
    { app: definition.app, ...own },
    options,
  );
}

/** The content type 160: a content is read by its application, among the definitions of all plugins. */
export function applicationContents(plugins: readonly Plugin[]): ContentDefinition {
  const definitions = collectDefinitions<ApplicationDefinition>(plugins, 'application', ({ app }) => app);

  function read(init: ContentInit, readers: ContentReaders): Content {
    const application = readApplicationInit(init);
    const definition = definitions.get(application.app);
    if (definition === undefined) return new ApplicationContent(application);
    return callReader(`application ${definition.app}`, () => definition.read(application, readers));
  }
  return defineContent({ type: ContentType.APPLICATION, kind: 'unknown-application', read });
}
