/** Pictures, voice and other files: sent through a service, or within a message where they are small; and fetched again. */
import {
  AttachmentContent,
  AudioContent,
  DimError,
  FileContent,
  ImageContent,
  NetworkFile,
  VideoContent,
  type Content,
} from 'dimp';
import type { Calls, SendFile } from '../protocol/calls.ts';
import type { MessageView } from '../protocol/views.ts';
import { safeFilename } from './file-name.ts';
import { readId, requireMessage, tellMessage, type OpenSession } from './open-session.ts';
import { fileView } from './saying.ts';
import { sendContent } from './sending.ts';
import { LONGEST_CONTENT } from './text-limits.ts';
import type { Mark } from './tokens.ts';

export const MAX_THUMBNAIL = 16 * 1024;
/** Bytes of a file that goes within a message where there is no service: base64 in a content, beside a small picture. */
export const MAX_INLINE = Math.floor(((LONGEST_CONTENT - MAX_THUMBNAIL) / 4) * 3) - 2048;

/** Uploads a file, and sends where it is. What was begun and not sent is begun anew by whoever asks again. */
export async function sendFile(open: OpenSession, asked: SendFile): Promise<MessageView> {
  const { conversation, file, token } = asked;
  const id = readId(conversation, 'conversation');
  if (file.size === 0) throw new DimError('INPUT_MISSING', 'is empty', { path: 'file' });
  await open.strangers.requireAnswered(id);
  const message = await open.tokens.once(token, id, async (mark) =>
    sendContent(open, id, await contentOf(open, asked, mark)),
  );
  return tellMessage(open, message);
}

async function contentOf(open: OpenSession, asked: SendFile, mark: Mark): Promise<Content> {
  const { client, settings, transfers } = open;
  const { conversation, file, kind, token } = asked;
  const filename = safeFilename(asked.filename);
  const thumbnail = kind === 'image' ? thumbnailOf(asked.thumbnail) : undefined;
  if (settings.files === undefined) return inlineContent(asked, { filename, thumbnail, mark });
  return transfers.run({ id: token, conversation, key: undefined, filename, direction: 'up' }, async (options) =>
    client.files.upload(file, { ...options, kind, filename, thumbnail, content: mark }),
  );
}

async function inlineContent(
  { file, kind }: SendFile,
  parts: { readonly filename: string; readonly thumbnail: NetworkFile | undefined; readonly mark: Mark },
): Promise<Content> {
  const { filename, thumbnail, mark } = parts;
  if (file.size > MAX_INLINE)
    throw new DimError('FILE_REFUSED', `without a file service, a file has at most ${MAX_INLINE} bytes`, {
      path: 'size',
    });
  const data = new Uint8Array(await file.arrayBuffer());
  if (kind === 'image')
    return ImageContent.create({ data, filename, ...(thumbnail !== undefined && { thumbnail }) }, mark);
  if (kind === 'audio') return AudioContent.create({ data, filename }, mark);
  return (kind === 'video' ? VideoContent : FileContent).create({ data, filename }, mark);
}

/** @throws DimError `INPUT_…` at `thumbnail` for what is no small picture as a data URL */
function thumbnailOf(url: string | undefined): NetworkFile | undefined {
  if (url === undefined) return undefined;
  if (!/^data:image\/(?:jpeg|png|webp);base64,/.test(url))
    throw new DimError('INPUT_FORMAT', 'must be a picture as a data URL', { path: 'thumbnail' });
  if (url.length > MAX_THUMBNAIL)
    throw new DimError('INPUT_LIMIT', `is longer than ${MAX_THUMBNAIL} characters`, { path: 'thumbnail' });
  return NetworkFile.parse(url);
}

/** The file of a message. Its transfer has the key of the message, so that the page finds it. */
export async function download(open: OpenSession, { key }: Calls['download'][0]): Promise<Calls['download'][1]> {
  const { client, transfers } = open;
  const { content, conversation } = await requireMessage(open, key);
  if (!(content instanceof AttachmentContent)) throw new DimError('USAGE_ARGUMENT', 'has no file', { path: 'key' });
  const { filename } = fileView(content);
  const transfer = { id: key, conversation: conversation.toString(), key, filename, direction: 'down' } as const;
  return transfers.run(transfer, async (options) => {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    // The browser collects it, where it likes: on the disk, if it is large.
    const collected = new Response(readable).blob();
    collected.catch(() => undefined);
    const { isVerified } = await client.files.downloadTo(content, writable, { ...options, again: true });
    // Whatever the response thinks it is: a peer chose what is in it.
    return { blob: (await collected).slice(), isVerified };
  });
}
