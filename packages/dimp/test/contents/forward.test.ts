import { describe, expect, test } from '@jest/globals';
import { ForwardContent, TextContent } from '../../src/index.ts';
import { alice, bob, dim, errorOf, mapOf, messengerOf } from '../world.ts';
import { COMMON, testNothingLost, reread } from './content-wire.ts';

const messenger = await messengerOf(alice);
const packages = await Promise.all(['one', 'two'].map((text) => messenger.pack(TextContent.create(text), bob.id)));
const [first, second] = packages.map((bytes) => dim.ReliableMessage.decode(bytes));
if (first === undefined || second === undefined) throw new Error('no messages');
const FIRST = first.toMap();
const SECOND = second.toMap();
const WIRE = { type: '255', ...COMMON, secrets: [FIRST, SECOND] };

function parseForward(change: object): ForwardContent {
  const content = dim.Content.parse({ ...WIRE, ...change });
  if (content.kind !== 'forward') throw new Error(content.kind);
  return content;
}

describe('ForwardContent', () => {
  test('many are read from secrets, one from forward', () => {
    expect(parseForward({}).messages.map(({ fields }) => fields)).toEqual([FIRST, SECOND]);
    for (const secrets of [undefined, []]) {
      expect(parseForward({ forward: FIRST, secrets }).messages.map(({ fields }) => fields)).toEqual([FIRST]);
    }
    expect(parseForward({ secrets: packages.map(mapOf) }).messages[1]?.fields).toEqual(SECOND);
  });

  testNothingLost(WIRE, 'forward');
  testNothingLost({ type: '255', ...COMMON, forward: { ...FIRST, more: [1] } }, 'forward');

  test('a new one makes the round trip, and its messages unpack', async () => {
    const one = reread(ForwardContent.create(first)) as ForwardContent;
    expect(one.fields).toMatchObject({ secrets: [FIRST] });
    expect(one.fields).not.toHaveProperty('forward');
    const two = reread(ForwardContent.create([first, second])) as ForwardContent;
    expect(two.fields['secrets']).toEqual([FIRST, SECOND]);
    const receiver = await messengerOf(bob);
    const texts = await Promise.all(two.messages.map(async (message) => receiver.unpack(message.encode())));
    expect(texts).toMatchObject([{ content: { text: 'one' } }, { content: { text: 'two' } }]);
  });

  test.each([
    [{ secrets: undefined }, 'INPUT_MISSING', 'secrets'],
    [{ secrets: [] }, 'INPUT_MISSING', 'secrets'],
    [{ secrets: {} }, 'INPUT_TYPE', 'secrets'],
    [{ secrets: true, forward: FIRST }, 'INPUT_TYPE', 'secrets'],
    [{ secrets: [FIRST, 5] }, 'INPUT_TYPE', 'secrets[1]'],
    [{ secrets: [{ ...FIRST, signature: undefined }] }, 'INPUT_MISSING', 'secrets[0].signature'],
    [{ secrets: undefined, forward: { ...FIRST, signature: undefined } }, 'INPUT_MISSING', 'forward.signature'],
    [{ secrets: undefined, forward: [FIRST] }, 'INPUT_TYPE', 'forward'],
    [{ secrets: undefined, forward: true }, 'INPUT_TYPE', 'forward'],
    [{ forward: FIRST }, 'INPUT_CONFLICT', 'forward'],
  ])('case %# is refused', async (change, code, path) => {
    expect(await errorOf(() => parseForward(change))).toMatchObject({ code, path });
  });

  test('a new one without messages is refused', async () => {
    const error = await errorOf(() => ForwardContent.create([]));
    expect(error).toMatchObject({ code: 'USAGE_ARGUMENT', path: 'secrets' });
  });
});
