/**
 * File content: a file of any kind.
 *
 * `{ "type": "16", "sn", "time", "group"?, "data"?: TED, "filename"?, "URL"?, "key"?: {key map} }`
 */
import { ContentType, defineContent, type ContentDefinition, type CreateContentOptions } from 'dkd';
import { AttachmentContent, createAttachment, type FileParts } from './attachment.ts';

/** A file of any kind. */
export class FileContent extends AttachmentContent {
  readonly kind = 'file';

  /**
   * A new file.
   *
   * @example
   * ```ts
   * import { FileContent } from 'dimp';
   *
   * FileContent.create({ data: new Uint8Array([72, 105]), filename: 'hi.txt' }).fields['data']; // SGk=
   * FileContent.create({ url: 'https://example.com/1', filename: 'b.zip' }).url; // https://example.com/1
   * ```
   * @throws DimError `USAGE_ARGUMENT` for parts that no reader would take
   */
  static create(parts: FileParts, options: CreateContentOptions = {}): FileContent {
    return createAttachment(fileDefinition, parts, {}, options);
  }
}

/** Reads files. */
export const fileDefinition: ContentDefinition<FileContent> = /* @__PURE__ */ defineContent({
  type: ContentType.FILE,
  kind: 'file',
  class: FileContent,
});
