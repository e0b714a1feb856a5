/** What somebody did in a group, as a sentence. */
import { t, type TextName } from '../../language/language.ts';
import type { HistoryView, PersonView } from '../../protocol/views.ts';
import { nameText } from '../parts/name.tsx';
import { oneLine } from '../parts/shown-text.ts';

const SENTENCES: Readonly<Record<HistoryView['did'], TextName>> = {
  founded: 'historyFoundedWith',
  listed: 'historyListed',
  added: 'historyAdded',
  admitted: 'historyAdmitted',
  removed: 'historyRemoved',
  ended: 'historyEnded',
  refused: 'historyRefused',
  proposed: 'historyProposed',
  asked: 'historyAsked',
  left: 'historyLeft',
  resigned: 'historyResigned',
  hired: 'historyHired',
  fired: 'historyFired',
  renamed: 'historyRenamed',
};

/** Whoever has the link can ask any number of times: among messages that would be a way to write without being let in. */
const NOT_AMONG_MESSAGES: ReadonlySet<HistoryView['did']> = new Set(['asked', 'proposed', 'refused']);

export function standsAmongMessages({ did }: HistoryView): boolean {
  return !NOT_AMONG_MESSAGES.has(did);
}

export function historyText({ did, author, people, count, name = '' }: HistoryView): string {
  const sentence = did === 'founded' && count === 0 ? 'historyFounded' : SENTENCES[did];
  return t(sentence, { author: byName(author), people: peopleText(people, count), name: quoted(name) });
}

/** Why this person is no member any more: the last that was said of it. */
export function whyOut(history: readonly HistoryView[]): string | undefined {
  const isOut = ({ did, author, people }: HistoryView): boolean =>
    did === 'left' ? isSelf(author) : (did === 'removed' || did === 'ended') && people.some((one) => isSelf(one));
  const last = history.filter((change) => isOut(change)).at(-1);
  if (last === undefined) return undefined;
  if (last.did === 'left') return t('outLeft');
  return t(last.did === 'ended' ? 'outEnded' : 'outRemoved', { author: byName(last.author) });
}

function peopleText(people: readonly PersonView[], count: number): string {
  const names = people.map((one) => (isSelf(one) ? t('whomYou') : nameText(one))).join(t('between'));
  const left = count - people.length;
  return left > 0 ? t('andMore', { people: names, count: left }) : names;
}

function byName(person: PersonView): string {
  return isSelf(person) ? t('you') : nameText(person);
}

function isSelf({ nameFrom }: PersonView): boolean {
  return nameFrom === 'self';
}

/** The owner's word: in quotes that it does not get out of, and turning nothing around it. */
function quoted(name: string): string {
  return `${t('quoteBegins')}\u2068${oneLine(name, 100).replaceAll(/[\u201c\u201d]/g, '"')}\u2069${t('quoteEnds')}`;
}
