/** Commands about files: `/file` sends one, `/get` saves one. The chat goes on meanwhile. */
import { existsSync } from 'node:fs';
import { basename, extname, resolve } from 'node:path';
import type { AttachmentContent } from 'dimp';
import type { FileKind, OnFileProgress } from 'dimsdk';
import { fileSink, fileSource } from 'dimsdk/node';
import { wrong } from '../command/wrong.ts';
import { pathFor } from '../files/get-file.ts';
import { sizeText } from '../files/progress-line.ts';
import { fileFailure } from '../input/file-failure.ts';
import { printable } from '../text/printable.ts';
import type { ChatCommand } from './chat-command.ts';
import type { ChatSession } from './chat-session.ts';
import { joined, numberOf } from './conversation-commands.ts';
import type { Transfer } from './view.ts';

/** Other clients show these as what they are. */
const KINDS: Readonly<Record<string, FileKind>> = {
  '.png': 'image',
  '.jpg': 'image',
  '.jpeg': 'image',
  '.gif': 'image',
  '.webp': 'image',
  '.mp3': 'audio',
  '.ogg': 'audio',
  '.m4a': 'audio',
  '.mp4': 'video',
  '.webm': 'video',
};

let transfers = 0;

export const fileCommands: readonly ChatCommand[] = [
  {
    name: '/file',
    usage: 'PATH',
    about: 'uploads a file, encrypted, and sends it',
    takes: 'path',
    run: async (session, words) => {
      const path = resolve(session.folder, joined(words, '/file PATH'));
      const receiver = session.chat.requireCurrent();
      const source = await fileSource(path).catch((error: unknown) => {
        throw fileFailure(error, path);
      });
      session.inBackground(async () => {
        const { client } = session.chat.open;
        const content = await during(session, printable(source.name), async (options) =>
          client.files.upload(source, { ...options, kind: KINDS[extname(path).toLowerCase()] ?? 'file' }),
        );
        await session.chat.send(content, receiver);
      });
    },
  },
  {
    name: '/get',
    usage: '[N] [PATH]',
    about: 'downloads a file that somebody sent, into this folder or to PATH',
    takes: 'path',
    run: async (session, [first, ...more]) => {
      const isNumber = first !== undefined && /^[0-9]{1,9}$/.test(first);
      const words = isNumber || first === undefined ? more : [first, ...more];
      const message = session.chat.numbered.find(
        isNumber ? numberOf(first) : undefined,
        ({ says }) => says.attachment !== undefined,
      );
      const content = message?.says.attachment;
      if (content === undefined) throw wrong('there is no such file here: a message with one says its number');
      session.inBackground(async () => saveFile(session, content, words.join(' ')));
    },
  },
];

async function saveFile(session: ChatSession, content: AttachmentContent, given: string): Promise<void> {
  const path = pathFor(session, content, given === '' ? undefined : given);
  const shown = printable(path, 1000);
  if (existsSync(path) && !(await session.chat.view.ask(`${shown} is there already. Overwrite it?`)))
    return session.chat.notice('nothing was downloaded.');
  const { size, isVerified } = await during(session, printable(basename(path)), async (options) =>
    session.chat.open.client.files
      .downloadTo(content, fileSink(path), { ...options, again: true })
      .catch((error: unknown) => {
        throw fileFailure(error, path);
      }),
  );
  const doubt = isVerified ? '' : ' Whether it is the file that was sent, nobody can say: its sender told no digest.';
  await session.chat.notice(`saved ${shown}, ${sizeText(size)}.${doubt}`);
}

interface TransferOptions {
  readonly signal: AbortSignal;
  readonly onProgress: OnFileProgress;
}

/** Shows how far it is: no more often than the line changes. */
async function during<T>(
  { chat, over }: ChatSession,
  filename: string,
  action: (options: TransferOptions) => Promise<T>,
): Promise<T> {
  const transfer: Transfer = { key: `transfer ${++transfers}`, filename };
  let last = '';
  try {
    const result = await action({
      signal: over.signal,
      onProgress: (progress) => {
        const { phase, done, total } = progress;
        const step = `${phase} ${total === undefined ? Math.floor(done / 1e6) : Math.floor((done / total) * 20)}`;
        if (step === last) return;
        last = step;
        chat.view.transfer(transfer, progress);
      },
    });
    chat.view.transfer(transfer, 'done');
    return result;
  } catch (error) {
    chat.view.transfer(transfer, 'failed');
    throw error;
  }
}
