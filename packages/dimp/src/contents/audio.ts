/**
 * Audio content: music, or a voice message.
 *
 * `{ "type": "20", "sn", "time", "group"?, "data"?: TED, "filename"?, "URL"?, "key"?: {key map}, "text"? }`
 */
import { ContentType, defineContent, type ContentDefinition, type CreateContentOptions } from 'dkd';
import { checkArguments, optionalTextOf } from 'dkd/extend';
import { AttachmentContent, createAttachment, type FileParts } from './attachment.ts';

/** The parts of a new audio content. */
export interface AudioParts extends FileParts {
  /** What is said in it. */
  readonly text?: string;
}

/** Music, or a voice message. */
export class AudioContent extends AttachmentContent {
  readonly kind = 'audio';
  /** What is said in it, as its sender wrote it down. */
  readonly text: string | undefined = optionalTextOf(this.fields, 'text');

  /**
   * A new audio content.
   *
   * @example
   * ```ts
   * import { AudioContent } from 'dimp';
   *
   * AudioContent.create({ url: 'https://example.com/a.mp4', text: 'Hello' }).text; // Hello
   * ```
   * @throws DimError `USAGE_ARGUMENT` for parts that no reader would take
   */
  static create(parts: AudioParts, options: CreateContentOptions = {}): AudioContent {
    return checkArguments(() => createAttachment(audioDefinition, parts, { text: parts.text }, options));
  }
}

/** Reads audio contents. */
export const audioDefinition: ContentDefinition<AudioContent> = /* @__PURE__ */ defineContent({
  type: ContentType.AUDIO,
  kind: 'audio',
  class: AudioContent,
});
