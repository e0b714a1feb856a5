/**
 * Video content.
 *
 * `{ "type": "22", "sn", "time", "group"?, "data"?: TED, "filename"?, "URL"?, "key"?: {key map},
 *    "snapshot"?: PNF or TED }`
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

/** The parts of a new video. */
export interface VideoParts extends FileParts {
  /** A picture to show before the video is there. */
  readonly snapshot?: NetworkFile;
}

/** A video. */
export class VideoContent extends AttachmentContent {
  readonly kind = 'video';
  /** A picture to show before the video is there. */
  readonly snapshot: NetworkFile | undefined;

  constructor(init: ContentInit, readers?: Pick<ContentReaders, 'limits'>) {
    super(init);
    this.snapshot = optionalPictureOf(init.fields, 'snapshot', readers);
  }

  /**
   * A new video.
   *
   * @example
   * ```ts
   * import { NetworkFile, VideoContent } from 'dimp';
   *
   * const snapshot = NetworkFile.parse('https://example.com/s.jpg');
   * VideoContent.create({ url: 'https://example.com/v.mp4', snapshot }).snapshot?.url; // https://example.com/s.jpg
   * ```
   * @throws DimError `USAGE_ARGUMENT` for parts that no reader would take
   */
  static create(parts: VideoParts, options: CreateContentOptions = {}): VideoContent {
    return checkArguments(() => createAttachment(videoDefinition, parts, { snapshot: parts.snapshot }, options));
  }
}

/** Reads videos. */
export const videoDefinition: ContentDefinition<VideoContent> = /* @__PURE__ */ defineContent({
  type: ContentType.VIDEO,
  kind: 'video',
  class: VideoContent,
});
