import { describe, expect, test } from '@jest/globals';
import { CombineForwardContent, Envelope, InstantMessage, TextContent } from '../../src/index.ts';
import { alice, bob, dim, errorOf } from '../world.ts';
import { COMMON, testNothingLost, reread } from './content-wire.ts';

const CONTENT = { type: '1', ...COMMON, text: 'history item' };
const MESSAGE = { sender: alice.id.toString(), receiver: bob.id.toString(), time: 1700000000.5, content: CONTENT };
const WIRE = { type: '207', ...COMMON, title: 'Chat title', messages: [MESSAGE, { ...MESSAGE, more: 1 }] };

function parseCombined(change: object): CombineForwardContent {
  const content = dim.Content.parse({ ...WIRE, ...change });
  if (content.kind !== 'combine-forward') throw new Error(content.kind);
  return content;
}

describe('CombineForwardContent', () => {
  test('every field is read', () => {
    const { title, messages } = parseCombined({});
    expect(title).toBe('Chat title');
    expect(messages).toMatchObject([{ content: { kind: 'text', text: 'history item' } }, {}]);
    expect(messages[0]?.sender.toString()).toBe(MESSAGE.sender);
    expect(parseCombined({ title: undefined, messages: [] })).toMatchObject({ title: undefined, messages: [] });
  });

  testNothingLost(WIRE, 'combine-forward');

  test('a new one makes the round trip', () => {
    const envelope = Envelope.create({ sender: alice.id, receiver: bob.id, time: 5 });
    const message = InstantMessage.create(envelope, TextContent.create('Hi'));
    const read = reread(
      CombineForwardContent.create([message, message], { title: 'T', sn: 3 }),
    ) as CombineForwardContent;
    expect(read).toMatchObject({ title: 'T', sn: 3 });
    expect(read.messages.map(({ fields }) => fields)).toEqual([message.fields, message.fields]);
    expect(CombineForwardContent.create([]).toMap()).not.toHaveProperty('title');
  });

  test.each([
    [{ messages: undefined }, 'INPUT_MISSING', 'messages'],
    [{ messages: {} }, 'INPUT_TYPE', 'messages'],
    [{ messages: [MESSAGE, 5] }, 'INPUT_TYPE', 'messages[1]'],
    [{ messages: [{ ...MESSAGE, sender: undefined }] }, 'INPUT_MISSING', 'messages[0].sender'],
    [{ messages: [{ ...MESSAGE, content: undefined }] }, 'INPUT_MISSING', 'messages[0].content'],
    [{ messages: [{ ...MESSAGE, content: { ...CONTENT, sn: 0 } }] }, 'INPUT_RANGE', 'messages[0].content.sn'],
    [{ title: 5 }, 'INPUT_TYPE', 'title'],
  ])('%j is refused', async (change, code, path) => {
    expect(await errorOf(() => parseCombined(change))).toMatchObject({ code, path });
  });

  test('nesting has a limit', async () => {
    let map: object = CONTENT;
    for (let level = 0; level < 16; level++) map = { ...WIRE, messages: [{ ...MESSAGE, content: map }] };
    expect(dim.Content.parse(map).kind).toBe('combine-forward');
    const deeper = { ...WIRE, messages: [{ ...MESSAGE, content: map }] };
    expect((await errorOf(() => dim.Content.parse(deeper))).code).toBe('INPUT_LIMIT');
  });
});
