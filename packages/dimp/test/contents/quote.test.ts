import { describe, expect, test } from '@jest/globals';
import { Envelope, InstantMessage, QuoteContent, TextContent } from '../../src/index.ts';
import { alice, bob, dim, errorOf, group } from '../world.ts';
import { COMMON, testNothingLost, reread } from './content-wire.ts';

const SENDER = alice.id.toString();
const RECEIVER = bob.id.toString();
const ORIGIN = { sender: SENDER, receiver: RECEIVER, type: '1', sn: 123, time: 1700000000.5 };
const WIRE = { type: '55', ...COMMON, text: 'the answer', origin: ORIGIN };

function parseQuote(change: object, origin: object = {}): QuoteContent {
  const content = dim.Content.parse({ ...WIRE, origin: { ...ORIGIN, ...origin }, ...change });
  if (content.kind !== 'quote') throw new Error(content.kind);
  return content;
}

describe('QuoteContent', () => {
  test('every field is read', () => {
    const { text, origin } = parseQuote({});
    expect({ text, ...origin, sender: origin.sender.toString(), receiver: origin.receiver?.toString() }).toEqual({
      text: 'the answer',
      ...ORIGIN,
    });
  });

  testNothingLost({ ...WIRE, origin: { ...ORIGIN, more: { deep: [null] } } }, 'quote');

  test('the sender of the origin is enough', () => {
    const { origin } = parseQuote({ origin: { sender: SENDER } });
    expect(origin).toMatchObject({ receiver: undefined, type: undefined, sn: undefined, time: undefined });
  });

  test.each([[1], ['1'], ['text'], ['Text']])('the type %j of the origin is read', (type) => {
    expect(parseQuote({}, { type }).origin.type).toBe('1');
  });

  test('a serial number is not rounded', () => {
    expect(parseQuote({}, { sn: '18446744073709551615' }).origin.sn).toBe(2n ** 64n - 1n);
    const quote = QuoteContent.create('x', { sender: alice.id, sn: 2n ** 63n });
    expect(quote.serialize()).toContain('"sn":9223372036854775808}');
  });

  test('a new one makes the round trip', () => {
    const origin = { sender: alice.id, receiver: bob.id, type: '1', sn: 5, time: 6.5 };
    const quote = reread(QuoteContent.create('yes', origin, { group: group.id })) as QuoteContent;
    expect(quote.text).toBe('yes');
    expect(quote.group?.toString()).toBe(group.id.toString());
    expect(quote.origin).toMatchObject({ type: '1', sn: 5, time: 6.5 });
    expect([quote.origin.sender, quote.origin.receiver].map(String)).toEqual([SENDER, RECEIVER]);
    expect(QuoteContent.create('x', { sender: alice.id }).toMap()['origin']).toEqual({ sender: SENDER });
  });

  test('a reply names the message, and stays in its group', () => {
    const envelope = Envelope.create({ sender: alice.id, receiver: bob.id });
    const personal = QuoteContent.reply('yes', InstantMessage.create(envelope, TextContent.create('Tea?', { sn: 5 })));
    expect(personal.toMap()['origin']).toEqual({ sender: SENDER, receiver: RECEIVER, type: '1', sn: 5 });
    expect(personal.group).toBeUndefined();
    const inGroup = TextContent.create('Tea?', { sn: 5, group: group.id });
    const reply = QuoteContent.reply('yes', InstantMessage.create(envelope, inGroup));
    expect(reply.origin.receiver).toBe(group.id);
    expect(reply.group).toBe(group.id);
  });

  test('a reply takes no group from an envelope that nobody signed', () => {
    const content = TextContent.create('I love you', { sn: 5 });
    for (const parts of [
      { sender: alice.id, receiver: group.id },
      { sender: alice.id, receiver: bob.id, group: group.id },
    ]) {
      const reply = QuoteContent.reply('yes', InstantMessage.create(Envelope.create(parts), content));
      expect(reply.group).toBeUndefined();
      expect(reply.serialize()).not.toContain(group.id.toString());
      expect(reply.origin).toMatchObject({ sender: alice.id, sn: 5 });
    }
  });

  test.each([
    [{ text: undefined }, {}, 'INPUT_MISSING', 'text'],
    [{ text: 5 }, {}, 'INPUT_TYPE', 'text'],
    [{ origin: undefined }, {}, 'INPUT_MISSING', 'origin'],
    [{ origin: 'y' }, {}, 'INPUT_TYPE', 'origin'],
    [{ origin: [] }, {}, 'INPUT_TYPE', 'origin'],
    [{}, { sender: undefined }, 'INPUT_MISSING', 'origin.sender'],
    [{}, { sender: 'a@b@c' }, 'INPUT_FORMAT', 'origin.sender'],
    [{}, { receiver: 5 }, 'INPUT_TYPE', 'origin.receiver'],
    [{}, { type: '01' }, 'INPUT_FORMAT', 'origin.type'],
    [{}, { sn: 0 }, 'INPUT_RANGE', 'origin.sn'],
    [{}, { time: 1700000000500 }, 'INPUT_RANGE', 'origin.time'],
  ])('%j with origin %j is refused', async (change, origin, code, path) => {
    expect(await errorOf(() => parseQuote(change, origin))).toMatchObject({ code, path });
  });
});
