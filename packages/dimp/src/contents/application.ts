/**
 * Application content: for an application, by its name.
 *
 * `{ "type": "160", "sn", "time", "group"?, "app": "chat.dim.sechat", "mod"?, "act"?, … }`
 */
import {
  changeFields,
  Content,
  ContentType,
  defineContent,
  newContentInit,
  type ContentDefinition,
  type CreateContentOptions,
  type JsonMap,
} from 'dkd';
import { ownFields, readModuleName, readOptionalModuleName } from './module-name.ts';

/** The parts of a new application content. */
export interface ApplicationParts {
  /** The name of the application: `chat.dim.sechat`. */
  readonly app: string;
  /** A module of it. */
  readonly mod?: string;
  /** What the module shall do. */
  readonly act?: string;
}

/** A content for an application. What it holds besides is for the application to read, in `fields`. */
export class ApplicationContent extends Content {
  readonly kind = 'application';
  /** The name of the application. */
  readonly app: string = readModuleName(this.fields, 'app');
  /** A module of it; undefined when the content names none. */
  readonly mod: string | undefined = readOptionalModuleName(this.fields, 'mod');
  /** What the module shall do; undefined when the content does not say. */
  readonly act: string | undefined = readOptionalModuleName(this.fields, 'act');

  /**
   * A new content for an application.
   *
   * @example
   * ```ts
   * import { ApplicationContent } from 'dimp';
   *
   * ApplicationContent.create({ app: 'com.example.chess' }, { fields: { move: 'e4' } }).fields['move']; // e4
   * ```
   * @throws DimError `INPUT_…` for names that no reader would take, `USAGE_ARGUMENT` for fields that are its own
   */
  static create(parts: ApplicationParts, options: CreateApplicationOptions = {}): ApplicationContent {
    const { fields, ...common } = options;
    const { app, mod, act } = parts;
    const own = changeFields(ownFields(fields), { app, mod, act });
    return new ApplicationContent(newContentInit(ContentType.APPLICATION, own, common));
  }
}

/** Options of a new content for an application. */
export interface CreateApplicationOptions extends CreateContentOptions {
  /** What it holds for the application. */
  readonly fields?: JsonMap;
}

/** Reads contents for applications. */
export const applicationDefinition: ContentDefinition<ApplicationContent> = /* @__PURE__ */ defineContent({
  type: ContentType.APPLICATION,
  class: ApplicationContent,
});
