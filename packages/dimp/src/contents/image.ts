/**
 * Image content.
 *
 * `{ "type": "18", "sn", "time", "group"?, "data"?: TED, "filename"?, "URL"?, "key"?: {key map},
 *    "thumbnail"?: PNF or TED }`
 */
import {
  ContentType,
  defineContent,
  type ContentDefinition,
  type ContentInit,
  type ContentReaders,
  type CreateContentOptions,
  type NetworkFile,
} from 'dkd';
import { checkArguments } from 'dkd/extend';
import { AttachmentContent, createAttachment, type FileParts } from './attachment.ts';
import { optionalPictureOf } from '../fields/picture.ts';

/** The parts of a new image. */
export interface ImageParts extends FileParts {
  /** A small version to show before the image is there; best a data URI. */
  readonly thumbnail?: NetworkFile;
}

/** An image. */
export class ImageContent extends AttachmentContent {
  readonly kind = 'image';
  /** A small version to show before the image is there. */
  readonly thumbnail: NetworkFile | undefined;

  constructor(init: ContentInit, readers?: Pick<ContentReaders, 'limits'>) {
    super(init);
    this.thumbnail = optionalPictureOf(init.fields, 'thumbnail', readers);
  }

  /**
   * A new image.
   *
   * @example
   * ```ts
   * import { ImageContent, NetworkFile } from 'dimp';
   *
   * const thumbnail = NetworkFile.parse('data:image/png;base64,UE5H');
   * ImageContent.create({ url: 'https://example.com/i.png', thumbnail }).thumbnail?.data?.mimeType; // image/png
   * ```
   * @throws DimError `USAGE_ARGUMENT` for parts that no reader would take
   */
  static create(parts: ImageParts, options: CreateContentOptions = {}): ImageContent {
    return checkArguments(() => createAttachment(imageDefinition, parts, { thumbnail: parts.thumbnail }, options));
  }
}

/** Reads images. */
export const imageDefinition: ContentDefinition<ImageContent> = /* @__PURE__ */ defineContent({
  type: ContentType.IMAGE,
  kind: 'image',
  class: ImageContent,
});
