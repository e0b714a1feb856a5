/** What a content says, for people. */
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
import { sizeText } from '../files/progress-line.ts';
import type { CliContent } from '../messages/open-client.ts';
import { foreignLine } from '../text/foreign-text.ts';

/** What a content says. */
export interface Saying {
  /** What stands in brackets before the text: words of this program, with what others chose in them made printable. */
  readonly label: string | undefined;
  /** As its writer wrote it: not to be printed as it is. */
  readonly text: string;
  readonly attachment: AttachmentContent | undefined;
}

const MAX_PART = 80;

/** What is shown of a content. */
export function sayingOf(content: CliContent): Saying {
  if (content instanceof TextContent || content instanceof QuoteContent) return { ...NOTHING, text: content.text };
  if (content instanceof AttachmentContent) {
    const text = content instanceof AudioContent ? (content.text ?? '') : '';
    return { label: attachmentLabel(content), text, attachment: content };
  }
  if (content instanceof NameCardContent)
    return labelled(`name card: ${part(content.name ?? '')} ${part(content.did.toString())}`);
  if (content instanceof PageContent) return labelled(`page: ${part(content.title ?? '')} ${part(content.url ?? '')}`);
  if (content instanceof MoneyContent || content instanceof TransferContent)
    return labelled(`money: ${content.amount} ${part(content.currency)}`);
  if (content instanceof CombineForwardContent)
    return labelled(`${content.messages.length} messages of others: ${part(content.title ?? '')}`);
  return labelled(`a content of the kind ${part(content.kind)}, which is not shown here`);
}

const NOTHING = { label: undefined, text: '', attachment: undefined };

function labelled(label: string): Saying {
  return { ...NOTHING, label: label.trim() };
}

/** Its writer says how large it is; that is found out when it comes. */
function attachmentLabel({ kind, filename, fields }: AttachmentContent): string {
  const { size } = fields;
  const length = typeof size === 'number' && size >= 0 ? `, ${sizeText(size)}` : '';
  return `${kind}: ${part(filename ?? 'without a name')}${length}`;
}

function part(text: string): string {
  return foreignLine(text, MAX_PART);
}
