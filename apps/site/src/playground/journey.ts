/** A message from the sender's device to the wire, with the three forms that it takes. */
import { TextContent, type JsonMap } from 'dimp';
import { changeFields } from 'dimp/extend';
import { dim, storeOfSender, type People } from './people.ts';

export interface Journey {
  readonly people: People;
  /** Whether the sender signs the envelope too, and the receiver asks for it. */
  readonly isProven: boolean;
  /** As both people see it: who, to whom, when, and what. */
  readonly instant: JsonMap;
  /** The content encrypted, its key encrypted for the receiver. */
  readonly secure: JsonMap;
  /** Signed, with what a stranger needs to verify it. */
  readonly reliable: JsonMap;
  readonly bytes: Uint8Array;
}

/** What signing adds. */
const OF_SIGNATURE = { signature: undefined, meta: undefined, visa: undefined, envelope_proof: undefined };

export async function send(people: People, text: string, isProven: boolean): Promise<Journey> {
  const content = TextContent.create(text);
  const messenger = dim.messenger({ self: people.sender.id, store: await storeOfSender(people) });
  const options = { introduce: true, proveEnvelope: isProven };
  const { message } = await messenger.packMessage(content, people.receiver.id, options);
  const reliable = message.fields;
  const { sender, receiver, time } = message.envelope.fields;
  return {
    people,
    isProven,
    instant: { sender, receiver, time, content: content.fields } as JsonMap,
    secure: changeFields(reliable, OF_SIGNATURE),
    reliable,
    bytes: message.encode(),
  };
}
