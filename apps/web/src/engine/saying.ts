/** What a content says, as plain values: text of others stays text. */
import {
  AttachmentContent,
  AudioContent,
  CombineForwardContent,
  MoneyContent,
  NameCardContent,
  PageContent,
  QuoteContent,
  TextContent,
  TransferContent,
} from 'dimp';
import type { ID } from 'dimp';
import type { FileView, PersonView, Saying } from '../protocol/views.ts';
import type { ChatContent } from './dim.ts';
import { safeFilename } from './file-name.ts';
import { shownLine } from './shown-text.ts';
import { beginningOf, LONGEST_SHOWN } from './text-limits.ts';

const MAX_LINE = 200;
const MAX_URL = 2000;

const FILE_KINDS = ['file', 'image', 'audio', 'video'] as const;

/**
 * @param person how somebody on a name card is shown: by what is known here, not by what the card says
 * @param longest of a text; what a page shows, if not given
 */
export async function sayingOf(
  content: ChatContent,
  person: (id: ID) => Promise<PersonView>,
  longest: number = LONGEST_SHOWN,
): Promise<Saying> {
  const text = textOf(content);
  if (text !== undefined)
    return { is: 'text', text: beginningOf(text, longest), ...(text.length > longest && { isCut: true }) };
  if (content instanceof AttachmentContent) return fileView(content);
  if (content instanceof NameCardContent) return { is: 'card', person: await person(content.did) };
  if (content instanceof PageContent) return linkOf(content);
  if (content instanceof MoneyContent || content instanceof TransferContent)
    return { is: 'money', amount: content.amount, currency: shownLine(content.currency, 16) };
  if (content instanceof CombineForwardContent)
    return { is: 'forwarded', title: shownLine(content.title ?? '', MAX_LINE), count: content.messages.length };
  return { is: 'unknown', kind: shownLine(content.kind, 40) };
}

/** The whole text of what is one. */
export function textOf(content: ChatContent): string | undefined {
  const isText = content instanceof TextContent || content instanceof QuoteContent;
  return isText ? content.text : undefined;
}

export function fileView(content: AttachmentContent): FileView {
  const { size } = content.fields;
  const written = content.fields['filename'];
  const isSize = typeof size === 'number' && Number.isSafeInteger(size) && size >= 0;
  const inline = isSize ? size : content.data?.bytes.length;
  return {
    is: 'file',
    kind: FILE_KINDS.find((kind) => kind === content.kind) ?? 'file',
    filename: safeFilename(content.filename ?? (typeof written === 'string' ? written : undefined)),
    size: inline,
    text: content instanceof AudioContent ? content.text && beginningOf(content.text, LONGEST_SHOWN) : undefined,
  };
}

/** A page that is none of the web is no link: a peer could name a file or a script. */
function linkOf({ title, url, kind }: PageContent): Saying {
  const parsed = url !== undefined && url.length <= MAX_URL && URL.canParse(url) ? new URL(url) : undefined;
  const isWeb = parsed?.protocol === 'https:' || parsed?.protocol === 'http:';
  if (parsed === undefined || !isWeb) return { is: 'unknown', kind };
  return { is: 'link', title: shownLine(title ?? '', MAX_LINE), url: parsed.href };
}
