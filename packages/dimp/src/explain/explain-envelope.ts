/** Who writes to whom, each part by itself, and who vouches for it. */
import {
  stringifyJson,
  type Content,
  type Envelope,
  type ID,
  type JsonMap,
  type MessageContext,
  type ReliableMessage,
} from 'dkd';
import { fieldOf, isJsonMap } from 'dkd/extend';
import { quoted } from 'dkd/internal';
import type { EnvelopeExplanation, FieldExplanation, SignedBy } from './explanation.ts';
import { faultOf } from './fault.ts';
import { readEnvelopeField } from './read-package.ts';

/** What the sender vouches for. */
export interface Vouching {
  /** A message whose data the sender signed. */
  readonly verified: ReliableMessage | undefined;
  /** Whether the sender's proof of the envelope holds. */
  readonly isProven: boolean;
  /** The content, where the sender signed it. */
  readonly content: Content | undefined;
}

type Part = 'sender' | 'receiver' | 'group' | 'time' | 'type';

/** Characters of what is damaged. */
const MAX_DAMAGED = 60;

export function explainEnvelope(
  context: MessageContext,
  fields: JsonMap | undefined,
  vouching: Vouching,
): EnvelopeExplanation {
  if (fields === undefined) return NO_ENVELOPE;
  const read = (name: Part) => readEnvelopeField(context, fields, name);
  const explain = <T>(name: Part, valueOf: (envelope: Envelope) => T | undefined): FieldExplanation<T> => {
    const result = read(name);
    if (!result.ok) return { is: 'damaged', shown: shownOf(fields, name), fault: faultOf(result.error) };
    const value = fieldOf(fields, name) === undefined ? undefined : valueOf(result.value);
    if (value === undefined) return { is: 'absent' };
    return { is: 'read', value, signed: signedBy(name, result.value, vouching) };
  };
  const ofId = (name: Part, idOf: (envelope: Envelope) => ID | undefined): FieldExplanation<string> => {
    const part = explain(name, (envelope) => idOf(envelope)?.toString());
    const result = read(name);
    const terminal = result.ok ? idOf(result.value)?.terminal : undefined;
    if (part.is !== 'read' || terminal === undefined || part.signed === 'proof') return part;
    return { ...part, unsignedTerminal: terminal };
  };
  const receiver = ofId('receiver', (envelope) => envelope.receiver);
  const anyone = read('receiver');
  return {
    sender: ofId('sender', (envelope) => envelope.sender),
    receiver: receiver.is === 'absent' && anyone.ok ? impliedReceiver(anyone.value, vouching) : receiver,
    group: ofId('group', (envelope) => envelope.group),
    time: explain('time', (envelope) => envelope.time),
    type: explain('type', (envelope) => envelope.type),
    isBroadcast: isBroadcast(anyone.ok ? anyone.value.receiver : undefined, read('group')),
  };
}

function impliedReceiver(envelope: Envelope, vouching: Vouching): FieldExplanation<string> {
  const signed = signedBy('receiver', envelope, vouching);
  return { is: 'read', value: envelope.receiver.toString(), signed, isImplied: true };
}

function isBroadcast(receiver: ID | undefined, group: ReturnType<typeof readEnvelopeField>): boolean {
  return receiver?.isBroadcast === true || (group.ok && group.value.group?.isBroadcast === true);
}

/** As the specification of the proof says, and by what the content says once more. */
function signedBy(name: Part, envelope: Envelope, { verified, isProven, content }: Vouching): SignedBy {
  if (verified === undefined) return 'nothing';
  const { receiver, group, time, type } = envelope;
  // The proof of a message to a group says nothing of the member to whom a part of it goes.
  const provenGroup = verified.envelopeProof?.group;
  if (isProven && (name !== 'receiver' || provenGroup === undefined || receiver.equals(provenGroup))) return 'proof';
  const isSame = (id: ID | undefined) => id !== undefined && content?.group?.equals(id) === true;
  switch (name) {
    case 'sender':
      return 'signature';
    case 'receiver':
      return isSame(receiver) ? 'content' : 'nothing';
    case 'group':
      return isSame(group) ? 'content' : 'nothing';
    case 'time':
      return content?.time !== undefined && content.time === time ? 'content' : 'nothing';
    case 'type':
    default:
      return content?.type === type ? 'content' : 'nothing';
  }
}

function shownOf(fields: JsonMap, name: string): string {
  const value = fieldOf(fields, name);
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') return quoted(value, MAX_DAMAGED);
  if (Array.isArray(value)) return 'a list';
  return isJsonMap(value) ? 'a map' : stringifyJson(value).slice(0, MAX_DAMAGED);
}

const ABSENT = { is: 'absent' } as const;
const NO_ENVELOPE: EnvelopeExplanation = {
  sender: ABSENT,
  receiver: ABSENT,
  group: ABSENT,
  time: ABSENT,
  type: ABSENT,
  isBroadcast: false,
};
