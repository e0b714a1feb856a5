/** Messages are made by create() and by the codecs: a constructor takes nobody's word for what its map says. */
import { expect, test } from '@jest/globals';
import { Envelope, InstantMessage, ReliableMessage, SecureMessage } from '../../src/index.ts';
import { ALICE, BOB, context, errorOf } from '../world.ts';

const envelope = Envelope.create({ sender: ALICE, receiver: BOB });
const content = context.Content.parse({ type: '77', sn: 7 });
const parts = { envelope, data: 'AAAA', dataBytes: new Uint8Array(3), keys: new Map<string, string>(), key: undefined };
const made = Symbol('made by dkd');

test.each<[string, () => unknown]>([
  // @ts-expect-error: only this package has what the constructor asks for
  ['an envelope', () => new Envelope(made, {}, { sender: ALICE, receiver: BOB, time: undefined })],
  // @ts-expect-error: nor by leaving it out
  ['an envelope without it', () => new Envelope({}, { sender: ALICE, receiver: BOB, time: undefined })],
  // @ts-expect-error: the same
  ['an instant message', () => new InstantMessage(made, {}, envelope, content)],
  // @ts-expect-error: the same
  ['a secure message', () => new SecureMessage(made, {}, parts)],
  // @ts-expect-error: the same
  ['a reliable message', () => new ReliableMessage(made, {}, parts)],
])('%s is not made from outside', async (_what, make) => {
  expect(await errorOf(make)).toMatchObject({ code: 'USAGE_ARGUMENT', path: '' });
});
