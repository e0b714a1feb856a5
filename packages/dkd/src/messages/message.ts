/** What the three forms of a message have in common: the envelope's fields, beside their own. */
import { type ID, type JsonMap } from 'mkm';
import { WireObject } from 'mkm/extend';
import { PAYLOAD_FIELDS } from '../packing/payload-names.ts';
import type { Envelope } from './envelope.ts';
import { requireMadeHere, type MADE_HERE } from './made-here.ts';

/** The fields that a message has of its own, in any of its forms: encryption may not write over them. */
export const MESSAGE_FIELDS: ReadonlySet<string> = /* @__PURE__ */ new Set([
  'sender',
  'receiver',
  'time',
  'group',
  'type',
  ...PAYLOAD_FIELDS,
]);

/** A change that takes away what encryption and signature wrote: it says nothing of the message without them. */
export const WITHOUT_CIPHERTEXT = /* @__PURE__ */ Object.freeze({
  data: undefined,
  key: undefined,
  keys: undefined,
  signature: undefined,
  envelope_proof: undefined,
});

/** A message in one of its forms. */
export abstract class Message extends WireObject {
  readonly envelope: Envelope;

  protected constructor(made: typeof MADE_HERE, fields: JsonMap, envelope: Envelope) {
    requireMadeHere(made);
    super(fields);
    this.envelope = envelope;
  }

  get sender(): ID {
    return this.envelope.sender;
  }

  get receiver(): ID {
    return this.envelope.receiver;
  }

  /** Seconds since 1970; undefined when the sender wrote none. */
  get time(): number | undefined {
    return this.envelope.time;
  }

  /** The group of a message that was split for one member and names it openly. */
  get group(): ID | undefined {
    return this.envelope.group;
  }

  /** The type of the content, where the sender lets stations see it. */
  get type(): string | undefined {
    return this.envelope.type;
  }
}
