/** `dim file get`. */
import { existsSync, statSync } from 'node:fs';
import { basename, join, resolve, sep } from 'node:path';
import { AttachmentContent, type ID } from 'dimp';
import { fileSink } from 'dimsdk/node';
import filenamify from 'filenamify';
import type { Call, Result } from '../command/call.ts';
import { wrong } from '../command/wrong.ts';
import { fileFailure } from '../input/file-failure.ts';
import { findPeer } from '../messages/find-peer.ts';
import { withClient, type ClientCallOptions, type OpenClient } from '../messages/open-client.ts';
import { printable } from '../text/printable.ts';
import { progressLine, sizeText } from './progress-line.ts';

/** As the command takes them. */
export interface GetFileOptions extends ClientCallOptions {
  /** 1 is the newest one of the conversation. */
  readonly number: string;
  /** Puts it in the place of a file that is there. */
  readonly force?: true | undefined;
}

const PAGE = 1000;
const MAX_NAME = 100;

/** Fetches a file that somebody has sent, decrypts and checks it. */
export async function getFile(
  call: Call,
  { from, to }: { readonly from: string; readonly to: string | undefined },
  options: GetFileOptions,
): Promise<Result> {
  const number = Number(options.number);
  if (!Number.isInteger(number) || number < 1)
    throw wrong('--number must be 1 for the newest file, 2 for the one before');
  return withClient(call, { ...options, isOffline: true }, async (open) => {
    const content = await findFile(open, await findPeer(open, from), number);
    const path = pathFor(call.context, content, to);
    const name = printable(path, 1000);
    if (options.force !== true && existsSync(path)) throw wrong(`${name} is there already: --force replaces it`);
    const progress = progressLine(call.context);
    const downloaded = open.client.files.downloadTo(content, fileSink(path), {
      signal: call.context.signal,
      onProgress: progress.show,
    });
    const { size, isVerified } = await downloaded
      .catch((error: unknown) => {
        throw fileFailure(error, path);
      })
      .finally(() => progress.end());
    const { filename } = content;
    const isRenamed = to === undefined && filename !== undefined && filename !== basename(path);
    const sent = isRenamed ? ` It was sent as ${printable(filename)}, which is no name to keep a file by.` : '';
    return {
      json: { path, size, isVerified, filename: filename ?? null },
      text: `${name} has ${sizeText(size)}.${sent}`,
    };
  });
}

async function findFile({ client }: OpenClient, conversation: ID, number: number): Promise<AttachmentContent> {
  let left = number;
  for (let before: { readonly key: string; readonly time: number } | undefined; ;) {
    const page = await client.conversations.messages(conversation, { limit: PAGE, before });
    for (const { content } of page) if (content instanceof AttachmentContent && --left === 0) return content;
    before = page.at(-1);
    if (before === undefined) break;
  }
  throw wrong(
    number === 1
      ? 'there is no file in this conversation'
      : `there are only ${number - left} files in this conversation`,
  );
}

/**
 * Where a file is put. A name that its sender has chosen says nothing of folders, and does nothing by itself: the shell, and others,
 * read files whose names begin with a dot, and take what begins with `-` or `~` for something else.
 * @throws DimError `USAGE_ARGUMENT` for a folder that is not there
 */
export function pathFor(
  { folder }: { readonly folder: string },
  { filename = 'file' }: AttachmentContent,
  to: string | undefined,
): string {
  if (to === undefined) return resolve(folder, safeName(filename));
  const path = resolve(folder, to);
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return join(path, safeName(filename));
  if (to.endsWith('/') || to.endsWith(sep)) throw wrong(`there is no folder ${printable(path, 1000)}: make it first`);
  return path;
}

const NO_BEGINNING = '.-~';

function safeName(filename: string): string {
  const name = filenamify(printable(filename, MAX_NAME).replaceAll('?', '_'), {
    replacement: '_',
    maxLength: MAX_NAME,
  });
  const text = name.trimStart();
  return text === '' || NO_BEGINNING.includes(text.charAt(0)) ? `_${text.slice(1)}` : text;
}
