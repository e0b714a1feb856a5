/** Connections that change payloads, or say of the wrong ones that they came. */
import type { IncomingPayload } from 'dimsdk';
import { checkAcknowledgements } from '../../src/connection/acknowledgements.ts';
import { bytesOf } from '../../src/connection/framing.ts';
import { checkPayloads } from '../../src/connection/payloads.ts';
import {
  changedPayloads,
  incoming,
  never,
  overStream,
  saying,
  sending,
  spoiled,
  type WrongConnection,
} from './spoiled-connections.ts';

export const WRONG_PAYLOADS: readonly WrongConnection[] = [
  [
    'cuts what it sends',
    sending(async (inner, bytes) => inner.send(bytes.length > 60_000 ? bytes.slice(0, 60_000) : bytes)),
    checkPayloads,
    'payloads of every size arrive whole, and in their order',
  ],
  [
    'gives out each payload twice',
    incoming((payload) => [payload, payload]),
    checkPayloads,
    'payloads of every size come in whole, and in their order',
  ],
  [
    'looks at the bytes of the caller later',
    sending(async (inner, bytes) => Promise.resolve().then(async () => inner.send(bytes))),
    checkPayloads,
    'the bytes of a payload are those of the call, whatever the caller does with them later',
  ],
  [
    'drops what nobody could read',
    sending(async (inner, bytes) => (bytes.length < 5 ? undefined : inner.send(bytes))),
    checkPayloads,
    'what is no payload is refused with USAGE_ARGUMENT, and the next one is sent',
  ],
  [
    'gives out what keeps it alive',
    incoming((payload) => [{ bytes: bytesOf('PING'), acknowledge: () => undefined }, payload]),
    checkPayloads,
    'what is too short for a message is not given out, and stops nothing',
  ],
  [
    'answers no questions',
    overStream((stream) => ({ write: async (bytes) => (bytes[3] === 0x41 ? undefined : stream.write(bytes)) })),
    checkPayloads,
    'it answers whoever asks whether it is there',
  ],
];

export const WRONG_ACKNOWLEDGEMENTS: readonly WrongConnection[] = [
  [
    'has sent what it begins to send',
    sending(async (inner, bytes) => void inner.send(bytes).catch(() => undefined)),
    checkAcknowledgements,
    'it is done when the other side has answered, and not before',
  ],
  [
    'does not say that it has sent',
    sending(async (inner, bytes) => {
      void inner.send(bytes).catch(() => undefined);
      return never;
    }),
    checkAcknowledgements,
    'it is done when the other side has answered, and not before',
  ],
  [
    'acknowledges what it has',
    incoming((payload) => {
      payload.acknowledge();
      return [payload];
    }),
    checkAcknowledgements,
    'nothing is acknowledged before the reader says so',
  ],
  [
    'acknowledges all that came before',
    acknowledgingAll(),
    checkAcknowledgements,
    'it is of that payload, in any order, and once',
  ],
  [
    'takes the first signature in the text',
    saying((text) => (text.startsWith('ACK:') ? text.replace(/signature-\d+/, 'signature-0') : text)),
    checkAcknowledgements,
    'it names the message itself, whatever is attached to it',
  ],
  ['throws where it can do nothing', throwingAfterTheEnd(), checkAcknowledgements, 'after the end it does nothing'],
];

function acknowledgingAll() {
  const before: IncomingPayload[] = [];
  return incoming((payload) => {
    before.push(payload);
    const all = before.slice();
    return [{ bytes: payload.bytes, acknowledge: () => all.forEach((each) => each.acknowledge()) }];
  });
}

function throwingAfterTheEnd() {
  return spoiled((connection) => {
    let isOver = false;
    void connection.ended.then(() => (isOver = true));
    const guarded = (payload: IncomingPayload): IncomingPayload => ({
      bytes: payload.bytes,
      acknowledge: () => {
        if (isOver) throw new Error('it is over');
        payload.acknowledge();
      },
    });
    return { incoming: changedPayloads(connection.incoming, (payload) => [guarded(payload)]) };
  });
}
