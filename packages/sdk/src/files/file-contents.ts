/** The contents that carry uploaded files. */
import {
  AudioContent,
  ContentType,
  createContent,
  FileContent,
  ImageContent,
  VideoContent,
  type Content,
  type ContentDefinition,
  type CreateContentOptions,
  type JsonMap,
  type NetworkFile,
} from 'dimp';
import { SHA256, SIZE } from './file-facts.ts';

/** The contents of files, by their kinds. */
export interface FileContents {
  readonly file: FileContent;
  readonly image: ImageContent;
  readonly audio: AudioContent;
  readonly video: VideoContent;
}

/** What a file is shown as. */
export type FileKind = keyof FileContents;

/** What goes into the content beside the file. */
export interface FileContentParts {
  /** Of an image: a small version, to show before it is there; best a data URI of a few kilobytes. */
  readonly thumbnail?: NetworkFile | undefined;
  /** Of a video: a picture, to show before it is there. */
  readonly snapshot?: NetworkFile | undefined;
  /** Of an audio file: what is said in it. */
  readonly text?: string | undefined;
}

/** A file that a service has. */
export interface StoredFile {
  readonly url: string;
  readonly filename: string | undefined;
  readonly key: JsonMap;
  readonly size: number;
  readonly sha256: string;
}

/** A file as any other, to try what else goes into a content. */
export const ANY_FILE: StoredFile = /* @__PURE__ */ Object.freeze({
  url: 'https://example.com/',
  filename: undefined,
  key: /* @__PURE__ */ Object.freeze({}),
  size: 0,
  sha256: '',
});

type Definition<C extends Content> = Pick<ContentDefinition<C>, 'type' | 'read'>;

const DEFINITIONS: { readonly [K in FileKind]: Definition<FileContents[K]> } = /* @__PURE__ */ (() => ({
  file: { type: ContentType.FILE, read: (init) => new FileContent(init) },
  image: { type: ContentType.IMAGE, read: (init, readers) => new ImageContent(init, readers) },
  audio: { type: ContentType.AUDIO, read: (init) => new AudioContent(init) },
  video: { type: ContentType.VIDEO, read: (init, readers) => new VideoContent(init, readers) },
}))();

/** Which parts a kind has; others would be fields that nobody reads. */
const PARTS: { readonly [K in FileKind]: readonly (keyof FileContentParts)[] } = {
  file: [],
  image: ['thumbnail'],
  audio: ['text'],
  video: ['snapshot'],
};

/** Whether a text names a kind of file. */
export function isFileKind(kind: unknown): kind is FileKind {
  return typeof kind === 'string' && Object.hasOwn(DEFINITIONS, kind);
}

/** The parts that were given and that a kind of file does not have. */
export function strangeParts(kind: FileKind, parts: FileContentParts): readonly string[] {
  const names: readonly (keyof FileContentParts)[] = ['thumbnail', 'snapshot', 'text'];
  return names.filter((name) => parts[name] !== undefined && !PARTS[kind].includes(name));
}

/**
 * The content that tells of a file that was uploaded.
 * @throws DimError `USAGE_ARGUMENT` for parts that no reader would take
 */
export function createFileContent<K extends FileKind>(
  kind: K,
  { url, filename, key, size, sha256 }: StoredFile,
  parts: FileContentParts,
  options: CreateContentOptions,
): FileContents[K] {
  const { thumbnail, snapshot, text } = parts;
  const fields = { filename, URL: url, key, thumbnail, snapshot, text, [SIZE]: size, [SHA256]: sha256 };
  return createContent(DEFINITIONS[kind], fields, options);
}
