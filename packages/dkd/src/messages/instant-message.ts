/**
 * Instant message: as the people on both ends see it.
 *
 * `{ sender, receiver, time, group?, "content": { type, sn, time, group?, … } }`
 */
import { type ID, type JsonMap } from 'mkm';
import { changeFields, mapOf, within } from 'mkm/extend';
import type { Content } from '../contents/content.ts';
import { readEnvelope, type Envelope } from './envelope.ts';
import { MADE_HERE } from './made-here.ts';
import { Message, WITHOUT_CIPHERTEXT } from './message.ts';

/** What an envelope that was read from another message must not bring along. */
const NOT_CARRIED = { ...WITHOUT_CIPHERTEXT, meta: undefined, visa: undefined };

/** A message with its content in the clear. */
export class InstantMessage<C extends Content = Content> extends Message {
  readonly content: C;

  constructor(made: typeof MADE_HERE, fields: JsonMap, envelope: Envelope, content: C) {
    super(made, fields, envelope);
    this.content = content;
  }

  /** What it is to another copy of this package. */
  protected get '@dim'(): string {
    return 'dkd.InstantMessage';
  }

  /** The map of the content, as it is written. */
  get contentFields(): JsonMap {
    return mapOf(this.fields, 'content');
  }

  /**
   * A message of its two parts.
   * @param wire how the content is written, where that is not its own {@link Content.fields}
   */
  static create<C extends Content>(envelope: Envelope, content: C, wire: JsonMap = content.fields): InstantMessage<C> {
    const fields = changeFields(envelope.fields, { ...NOT_CARRIED, content: wire });
    return new InstantMessage(MADE_HERE, fields, envelope, content);
  }
}

/** Reads an instant message from a map that was copied already and has long names. */
export function readInstantMessage<C extends Content>(
  fields: JsonMap,
  readId: (input: unknown) => ID,
  readContent: (fields: JsonMap) => C,
): InstantMessage<C> {
  const content = mapOf(fields, 'content');
  return new InstantMessage(
    MADE_HERE,
    fields,
    readEnvelope(fields, readId),
    within('content', () => readContent(content)),
  );
}
