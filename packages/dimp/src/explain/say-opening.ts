/** Sentences about whether a message can be opened, and what is in it. */
import type { ExplanationStep } from './explanation.ts';
import type { Fault } from './fault.ts';
import type { ContentExplanation, ContentSource, Freshness, OpeningExplanation } from './opening-explanation.ts';
import { because, placeOf, timeText } from './words.ts';

/** @param said what was said before: a reason is said once */
export function openingStep(opening: OpeningExplanation, said: string): ExplanationStep {
  const of = 'opening';
  const why = (fault: Fault) => (said.includes(because(fault)) ? ` (${placeOf(fault)})` : because(fault));
  switch (opening.is) {
    case 'not-tried':
      return { of, outcome: 'unknown', says: 'It was not opened: the call does not say for whom.' };
    case 'opened': {
      const how = opening.wasEncrypted
        ? `: it was encrypted by ${opening.algorithm ?? 'a key'}`
        : ': it was in the clear';
      return { of, outcome: 'good', says: `It opens here${how}.` };
    }
    case 'not-for-here':
      return { of, outcome: 'unknown', says: `It is not for here${why(opening.fault)}.` };
    case 'missing':
      return {
        of,
        outcome: 'unknown',
        says: `It cannot be opened yet: ${missingOf(opening.fault)}${why(opening.fault)}.`,
      };
    case 'failed':
    default:
      return { of, outcome: 'bad', says: `It is refused${why(opening.fault)}.` };
  }
}

function missingOf({ missing }: Fault): string {
  if (missing.length === 0) return 'something is missing';
  const things = missing.map(({ what, id, destination }) =>
    destination === undefined ? `the ${what} of ${id}` : `the ${what} of ${id} for ${destination}`,
  );
  return `${things.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} missing`;
}

const SOURCES: Readonly<Record<ContentSource, string>> = {
  decrypted: '',
  'clear-and-signed': '',
  'clear-and-unsigned': ', which nobody is known to have signed',
};

const FRESHNESS: Readonly<Record<Freshness, string>> = {
  new: '; it was not read before',
  'read-before': '; it was read before',
  'too-early': '; it is dated in the future',
  'too-late': '; it is too old to be read',
  undated: '; without a time it cannot be told from a repeated one',
  'not-asked': '',
  'not-known': '',
};

const REFUSED: ReadonlySet<Freshness> = /* @__PURE__ */ new Set<Freshness>([
  'read-before',
  'too-early',
  'too-late',
  'undated',
]);

export function contentStep(content: ContentExplanation): ExplanationStep | undefined {
  const of = 'content';
  switch (content.is) {
    case 'absent':
      return undefined;
    case 'sealed':
      return { of, outcome: 'unknown', says: 'What it says cannot be read here.' };
    case 'damaged': {
      const type = content.type === undefined ? '' : ` of type ${content.type}`;
      return { of, outcome: 'bad', says: `Its content${type} is damaged${because(content.fault)}.` };
    }
    case 'read':
    default: {
      const { kind, type, sn, time, group, command, agreement, freshness, from } = content;
      const named = command === undefined ? '' : ` "${command}"`;
      const dated = time === undefined ? '' : `, dated ${timeText(time)}`;
      const grouped = group === undefined ? '' : `, for the group ${group}`;
      const differs = agreement.is === 'differs' ? `; the envelope says otherwise${because(agreement.fault)}` : '';
      const isGood = agreement.is !== 'differs' && !REFUSED.has(freshness) && from !== 'clear-and-unsigned';
      return {
        of,
        outcome: isGood ? 'good' : from === 'clear-and-unsigned' ? 'unknown' : 'bad',
        says: `It is a content of kind ${kind}${named} (type ${type}, number ${sn})${dated}${grouped}${SOURCES[from]}${FRESHNESS[freshness]}${differs}.`,
      };
    }
  }
}
