/** What a message says, in one line: for the list, for quotes, and for those who hear the page. */
import { language, t } from '../../language/language.ts';
import type { FileView, Saying } from '../../protocol/views.ts';
import { nameText } from '../parts/name.tsx';
import { oneLine } from '../parts/shown-text.ts';
import { sizeText } from './sizes.ts';

const MAX_PART = 80;

export function saidIn(says: Saying, characters = 200): string {
  switch (says.is) {
    case 'text':
      return oneLine(says.text, characters);
    case 'file':
      return fileText(says);
    case 'card':
      return `${t('nameCard')}: ${nameText(says.person)}`;
    case 'link':
      return `${t('sharedLink')}: ${oneLine(says.title === '' ? says.url : says.title, MAX_PART)}`;
    case 'money':
      return t('money', { amount: says.amount, currency: oneLine(says.currency, 12) });
    case 'forwarded':
      return `${t('forwardedMessages', { count: says.count })}: ${oneLine(says.title, MAX_PART)}`;
    case 'unknown':
    default:
      return t('unknownKind', { kind: oneLine(says.kind, 40) });
  }
}

const KINDS = { file: 'file', image: 'picture', audio: 'sound', video: 'video' } as const;

/** `Picture: holiday.jpg, 1.2 MB`. */
export function fileText(file: FileView): string {
  const size = file.size === undefined ? '' : `, ${sizeText(file.size, language.value)}`;
  return `${t(KINDS[file.kind])}: ${filenameText(file)}${size}`;
}

/** Whole: an ending that is not seen may be that of a program. */
export function filenameText({ filename }: Pick<FileView, 'filename'>): string {
  const shown = oneLine(filename, 255);
  return shown.trim() === '' ? t('withoutName') : shown;
}
