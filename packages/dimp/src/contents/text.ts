/**
 * Text content.
 *
 * `{ "type": "1", "sn", "time", "group"?, "text": "Hello" }`
 */
import {
  Content,
  ContentType,
  createContent,
  defineContent,
  type ContentDefinition,
  type CreateContentOptions,
} from 'dkd';
import { textOf } from 'dkd/extend';

/** A text to read. */
export class TextContent extends Content {
  readonly kind = 'text';
  readonly text: string = textOf(this.fields, 'text');

  /**
   * A new text.
   *
   * @example
   * ```ts
   * import { TextContent } from 'dimp';
   *
   * TextContent.create('Hello').text; // Hello
   * ```
   * @throws DimError `USAGE_ARGUMENT`
   */
  static create(text: string, options: CreateContentOptions = {}): TextContent {
    return createContent(textDefinition, { text }, options);
  }
}

/** Reads text contents. */
export const textDefinition: ContentDefinition<TextContent> = /* @__PURE__ */ defineContent({
  type: ContentType.TEXT,
  kind: 'text',
  class: TextContent,
});
