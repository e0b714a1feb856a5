/**
 * Envelope: who writes to whom, and when. It is all that a station needs to route a message.
 *
 * `{ "sender": ID, "receiver": ID, "time": seconds, "group"?: ID, "type"?: content type }`
 * An absent receiver means `anyone@anywhere`.
 */
import { ANYONE, DimError, type ID, type JsonMap, type JsonValue } from 'mkm';
import {
  checkArguments,
  currentTime,
  fieldOf,
  optionalTimeOf,
  optionalOf,
  requiredOf,
  readTime,
  requireArgument,
  WireObject,
  within,
} from 'mkm/extend';
import { WrittenFields } from 'mkm/internal';
import { readContentType, requireTypeCode } from '../contents/content-type.ts';
import { optionalGroupOf } from '../contents/group-field.ts';
import { MADE_HERE, requireMadeHere } from './made-here.ts';

/** The parts of an envelope. */
export interface EnvelopeParts {
  readonly sender: ID;
  readonly receiver: ID;
  /** Seconds since 1970; now, if not given. */
  readonly time?: number;
  /** The group of a message that was split for one member, where a station may see it. */
  readonly group?: ID | undefined;
  /** The type of the content, where a station may see it. */
  readonly type?: string | undefined;
}

/**
 * An envelope. Its `fields` are those of the message that it was read of; of a package that a context's `Envelope.decode` read, they
 * are only what is beside the payload: forward the bytes, and not the fields.
 */
export class Envelope extends WireObject {
  readonly sender: ID;
  readonly receiver: ID;
  /** Seconds since 1970; undefined when the sender wrote none. */
  readonly time: number | undefined;
  readonly group: ID | undefined;
  readonly type: string | undefined;

  constructor(
    made: typeof MADE_HERE,
    fields: JsonMap,
    parts: Omit<EnvelopeParts, 'time'> & { readonly time: number | undefined },
  ) {
    requireMadeHere(made);
    super(fields);
    this.sender = parts.sender;
    this.receiver = parts.receiver;
    this.time = parts.time;
    this.group = parts.group;
    this.type = parts.type;
  }

  /**
   * A new envelope.
   * @throws DimError `USAGE_ARGUMENT` for parts that no reader would take: a sender that is a group, a time in
   * milliseconds, …
   */
  static create(parts: EnvelopeParts): Envelope {
    return checkArguments(() => {
      const { sender, receiver, group, type } = parts;
      const time = parts.time === undefined ? currentTime() : within('time', () => readTime(parts.time));
      // Without a receiver it would be a message for anyone, in the clear.
      requireArgument(receiver, 'receiver');
      if (type !== undefined) requireTypeCode(type);
      const written = new WrittenFields({ sender, receiver, time, group, type });
      return readEnvelope(written.fields, written.readId);
    });
  }

  /** Whether the message is for everybody: then it is not encrypted. */
  get isBroadcast(): boolean {
    return this.receiver.isBroadcast || this.group?.isBroadcast === true;
  }
}

/** Reads the envelope of a message map that was copied already and has long names. */
export function readEnvelope(fields: JsonMap, readId: (input: unknown) => ID): Envelope {
  const sender = requiredOf(fields, 'sender', readId);
  if (sender.isGroup) throw new DimError('INPUT_CONFLICT', 'must not be a group', { path: 'sender' });
  return new Envelope(MADE_HERE, fields, {
    sender,
    // Present but unreadable, null too, is an error: a message to a bad ID must never go out as a broadcast.
    receiver: fieldOf(fields, 'receiver') === undefined ? ANYONE : requiredOf(fields, 'receiver', readId),
    time: optionalTimeOf(fields, 'time'),
    group: optionalGroupOf(fields, readId),
    type: optionalOf(fields, 'type', readEnvelopeType),
  });
}

/** A copy for stations to route by: where it was lost on the way, it is as good as none. */
function readEnvelopeType(value: JsonValue): string | undefined {
  return value === '' ? undefined : readContentType(value);
}
