/** What a notification says: what kind of message it is, and of whom. Nothing that was written is known to a station. */
import { ContentType, type ID } from 'dimp';

/** Title, and what the sentence calls it. */
interface Kind {
  readonly title: string;
  readonly what: string;
}

const MESSAGE: Kind = { title: 'Message', what: 'a message' };

const KINDS: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  [ContentType.TEXT, { title: 'Text Message', what: 'a text message' }],
  [ContentType.FILE, { title: 'File', what: 'a file' }],
  [ContentType.IMAGE, { title: 'Image', what: 'an image' }],
  [ContentType.AUDIO, { title: 'Voice', what: 'a voice message' }],
  [ContentType.VIDEO, { title: 'Video', what: 'a video' }],
  [ContentType.PAGE, { title: 'Page', what: 'a web page' }],
  [ContentType.NAME_CARD, { title: 'Name Card', what: 'a name card' }],
  [ContentType.MONEY, { title: 'Money', what: 'some money' }],
  [ContentType.TRANSFER, { title: 'Money', what: 'some money' }],
]);

/** What is for programs, or has messages in it that nobody sees from outside: a phone need not ring for it. */
const SILENT: ReadonlySet<string> = new Set<string>([
  ContentType.COMMAND,
  ContentType.HISTORY,
  ContentType.ARRAY,
  ContentType.FORWARD,
  ContentType.APPLICATION,
  ContentType.CUSTOMIZED,
]);

/** Whether a type of content is one that nobody is told of. */
export function isSilent(type: string | undefined): boolean {
  return type !== undefined && SILENT.has(type);
}

/** Title and sentence of a notification, in English. */
export function textsOf(
  type: string | undefined,
  names: { readonly sender: string; readonly group: string | undefined },
): { readonly title: string; readonly body: string } {
  const { title, what } = (type === undefined ? undefined : KINDS.get(type)) ?? MESSAGE;
  const sender = shortened(names.sender);
  const place = names.group === undefined ? '' : ` in group "${shortened(names.group)}"`;
  return { title, body: `${sender} sent you ${what}${place}.` };
}

/** What somebody is called where nobody knows a better name. */
export function nameIn({ name, address }: ID): string {
  return name === undefined || name === '' ? address.toString() : name;
}

/** Characters of a name that a phone shows. Everybody chooses their own name. */
const NAME_LENGTH = 64;

function shortened(name: string): string {
  const plain = Array.from(name.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' '));
  return plain.length <= NAME_LENGTH ? plain.join('') : `${plain.slice(0, NAME_LENGTH - 1).join('')}…`;
}
