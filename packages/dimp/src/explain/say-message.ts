/** Sentences about what a message is, who is named in it, and which keys it carries. */
import type {
  EnvelopeExplanation,
  ExplanationStep,
  FieldExplanation,
  KeysExplanation,
  SignedBy,
} from './explanation.ts';
import type { FormExplanation, MapKind, SignName, WireSign, Written } from './form-explanation.ts';
import { because, countOf, timeText } from './words.ts';

const KINDS: Readonly<Record<MapKind, string>> = {
  message: 'a signed message',
  'unsigned-message': 'a message that nobody signed',
  'instant-message': 'a message in the clear, as it is before it is encrypted and signed',
  envelope: 'an envelope without a message',
  content: 'a content, as it is inside of a message',
  meta: 'a meta',
  document: 'a document, such as a visa',
  key: 'a key: whoever has a private one should show it to nobody',
  'something-else': 'JSON, and nothing of this protocol',
};

const SIGNS: Readonly<Record<SignName, string>> = {
  'short-names': 'short names',
  'single-key': 'one key for all devices',
  'keys-of-terminals': 'keys of single devices',
  'iv-in-message': 'an IV of its own',
  'no-iv': 'no IV',
  'type-in-digits': 'types in digits',
  'type-as-number': 'types as numbers',
  'type-as-word': 'types as words',
  'time-as-text': 'times as text',
  'whole-seconds': 'whole seconds',
  'null-for-absent': 'null for what is absent',
  'older-name': 'names of before 2025',
  'newer-name': 'names of today',
  'line-breaks': 'lines in binary, as Android writes them',
  'envelope-proof': 'a proof of the envelope',
};

export function formStep(form: FormExplanation): ExplanationStep {
  const of = 'form';
  const bytes = countOf(form.bytes, 'byte');
  if (form.is === 'unreadable')
    return { of, outcome: 'bad', says: `${bytes} that are no message${because(form.fault)}.` };
  if (form.is === 'not-a-map')
    return { of, outcome: 'bad', says: `${bytes} of JSON with ${FOUND[form.found]}, where a message is a map.` };
  const shape = form.is === 'message' ? shapeOf(form.signs, form.written) : '';
  return { of, outcome: form.is === 'message' ? 'good' : 'bad', says: `${bytes} of JSON: ${KINDS[form.is]}${shape}.` };
}

const FOUND = { list: 'a list', text: 'a text', other: 'a value' } as const;

function shapeOf(signs: readonly WireSign[], { since, until }: Written): string {
  const seen = signs.length === 0 ? '' : `, with ${signs.map((sign) => SIGNS[sign.is]).join(', ')}`;
  if (since !== undefined && until !== undefined)
    return since < until ? `${seen}: a shape of ${since} to ${until}` : `${seen}: shapes of several years together`;
  if (until !== undefined) return `${seen}: a shape of before ${until}`;
  return since === undefined ? seen : `${seen}: a shape of ${since} and later`;
}

const VOUCHED: Readonly<Record<SignedBy, string>> = {
  signature: 'who signed it',
  proof: 'which the sender proves',
  content: 'which the content says too',
  nothing: 'which nobody signed',
};

/** One sentence for each part that is there; what is well in one, so that what is not stands out. */
export function envelopeSteps(envelope: EnvelopeExplanation): readonly ExplanationStep[] {
  const { sender, receiver, group, time, type } = envelope;
  return [
    step('From', sender, (value) => value),
    step(envelope.isBroadcast ? 'For everybody, as' : 'For', receiver, (value) => value),
    step('In the group', group, (value) => value),
    step('Dated', time, timeText),
    step('Of the type', type, (value) => value),
  ].filter((found) => found !== undefined);
}

function step<T>(label: string, field: FieldExplanation<T>, show: (value: T) => string): ExplanationStep | undefined {
  if (field.is === 'absent') return label === 'From' ? bad('There is no sender.') : undefined;
  if (field.is === 'damaged') return bad(`${label} ${field.shown}${because(field.fault)}.`);
  const { value, signed, unsignedTerminal, isImplied } = field;
  const implied = isImplied === true ? ', as no receiver is named' : '';
  const terminal =
    unsignedTerminal === undefined || signed === 'nothing' ? '' : ', but for the device behind the slash';
  return {
    of: 'envelope',
    outcome: signed === 'nothing' ? 'unknown' : 'good',
    says: `${label} ${show(value)}${implied}, ${VOUCHED[signed]}${terminal}.`,
  };
}

function bad(says: string): ExplanationStep {
  return { of: 'envelope', outcome: 'bad', says };
}

export function keysStep(keys: KeysExplanation): ExplanationStep | undefined {
  switch (keys.is) {
    case 'absent':
      return undefined;
    case 'not-needed': {
      const ignored = keys.ignored === 0 ? '' : ` The ${countOf(keys.ignored, 'key')} in it mean nothing.`;
      return { of: 'keys', outcome: 'good', says: `It is in the clear and needs no key.${ignored}` };
    }
    case 'reused':
      return {
        of: 'keys',
        outcome: 'unknown',
        says: 'It brings no key: its sender reuses that of an earlier message.',
      };
    case 'carried':
    default: {
      const { items, more } = keys.entries;
      const shown = items.slice(0, MAX_KEYS).map((entry) => nameOf(entry));
      const others = items.length - shown.length + more;
      const isOne = items.length + more === 1;
      const own = items.some(({ name, isForSelf }) => name !== undefined && isForSelf)
        ? `, ${isOne ? 'which' : 'one of which'} is for here`
        : '';
      return {
        of: 'keys',
        outcome: items.some(({ bytes }) => bytes === undefined) ? 'bad' : 'good',
        says: `It brings ${countOf(items.length + more, 'key')}, for ${shown.join(', ')}${others === 0 ? '' : ` and ${others} more`}${own}.`,
      };
    }
  }
}

/** Names in one sentence: a group has many. */
const MAX_KEYS = 3;

function nameOf({
  name,
  id,
  terminal,
}: {
  readonly name?: string;
  readonly id?: string;
  readonly terminal?: string;
}): string {
  if (name === undefined) return 'the receiver';
  if (id === undefined) return `${name}, which is no ID`;
  return terminal === undefined ? id : `${id}/${terminal}`;
}
