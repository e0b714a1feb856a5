/**
 * Array content: several contents as one.
 *
 * `{ "type": "202", "sn", "time", "group"?, "contents": [ {content}, … ] }`
 */
import {
  Content,
  ContentType,
  createContent,
  defineContent,
  type ContentDefinition,
  type ContentInit,
  type CreateContentOptions,
} from 'dkd';
import { readersOfFields } from 'dkd/internal';
import { itemsOf } from '../fields/items.ts';

/** Several contents as one. */
export class ArrayContent extends Content {
  readonly kind = 'array';
  readonly contents: readonly Content[];

  constructor(init: ContentInit, contents: readonly Content[]) {
    super(init);
    this.contents = contents;
  }

  /**
   * A new content of several.
   *
   * @example
   * ```ts
   * import { ArrayContent, TextContent } from 'dimp';
   *
   * ArrayContent.create([TextContent.create('one'), TextContent.create('two')]).contents.length; // 2
   * ```
   * @throws DimError `USAGE_ARGUMENT`
   */
  static create(contents: readonly Content[], options: CreateContentOptions = {}): ArrayContent {
    return createContent(arrayDefinition, { contents }, options);
  }
}

/** Reads arrays; one bad content in it is an error of the whole. */
export const arrayDefinition: ContentDefinition<ArrayContent> = /* @__PURE__ */ defineContent({
  type: ContentType.ARRAY,
  kind: 'array',
  read: (init, readers) =>
    new ArrayContent(
      init,
      itemsOf(init.fields, 'contents', (item) => readersOfFields(readers).readContent(item)),
    ),
});
