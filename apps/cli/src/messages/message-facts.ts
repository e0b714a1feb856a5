/** What is told of a message. */
import { AttachmentContent, type JsonMap } from 'dimp';
import type { StoredMessage } from 'dimsdk';
import { printable } from '../text/printable.ts';
import { foreignLines } from '../text/foreign-text.ts';
import type { CliContent } from './open-client.ts';

/** A message that is kept here. */
export type Message = StoredMessage<CliContent>;

/**
 * The documented shape: `{ key, conversation, sender, isOwn, time, kind, text, file, wasEncrypted }`. `file` is `{ filename, url }`
 * or null; `text` is null for what is none.
 */
export function messageJson(message: Message): JsonMap {
  const { key, conversation, sender, isOwn, time, content, wasEncrypted } = message;
  return {
    key,
    conversation: conversation.toString(),
    sender: sender.toString(),
    isOwn,
    time,
    kind: content.kind,
    text: textOf(content) ?? null,
    file:
      content instanceof AttachmentContent ? { filename: content.filename ?? null, url: content.url ?? null } : null,
    wasEncrypted,
  };
}

/** What it says, in lines that may be printed. */
export function contentLines(content: CliContent): readonly string[] {
  const text = textOf(content);
  if (text !== undefined) return textLines(text);
  if (content instanceof AttachmentContent)
    return [`[${content.kind} ${printable(content.filename ?? 'without a name')}]`];
  return [`[${printable(content.kind)}]`];
}

/** Of a long one the beginning. */
function textLines(text: string): readonly string[] {
  const { lines, next } = foreignLines(text, BOUNDS);
  return next === undefined ? lines : [...lines, `... (${text.length} characters in all)`];
}

/** More of one message is not shown at once. */
const BOUNDS = { lines: 40, characters: 4000 } as const;

function textOf(content: CliContent): string | undefined {
  return content.kind === 'text' || content.kind === 'quote' ? content.text : undefined;
}
