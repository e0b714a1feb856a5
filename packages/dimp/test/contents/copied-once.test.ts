/** Contents and messages in a content are copied with it, and not once more at each level. */
import { expect, test } from '@jest/globals';
import {
  ArrayContent,
  CombineForwardContent,
  Content,
  defineContent,
  definePlugin,
  ForwardContent,
  type ContentInit,
} from '../../src/index.ts';
import { optionalListOf } from '../../src/extend.ts';
import { dim, errorOf } from '../context.ts';

const common = { sn: 7, time: 1700000000.5 };
const text = { type: '1', ...common, text: 'tea' };
const envelope = { sender: 'anyone@anywhere', receiver: 'anyone@anywhere', time: 1700000000 };
const message = { ...envelope, data: '{}', signature: 'AAAA' };

test('an array has the very maps of its contents, at any depth', () => {
  const array = dim.Content.parse({
    type: '202',
    ...common,
    contents: [text, { type: '202', ...common, contents: [text] }],
  });
  if (!(array instanceof ArrayContent)) throw new Error('no array');
  expect(array.contents.map(({ fields }) => fields)).toEqual(array.fields['contents']);
  const [first, second] = array.contents;
  const [firstMap, secondMap] = optionalListOf(array.fields, 'contents') ?? [];
  expect([first?.fields === firstMap, second?.fields === secondMap]).toEqual([true, true]);
  if (!(second instanceof ArrayContent)) throw new Error('no array');
  expect(second.contents[0]?.fields).toBe(optionalListOf(second.fields, 'contents')?.[0]);
});

test('a forward has the very maps of its messages', () => {
  const forward = dim.Content.parse({ type: '255', ...common, secrets: [message] });
  const single = dim.Content.parse({ type: '255', ...common, forward: message });
  if (!(forward instanceof ForwardContent && single instanceof ForwardContent)) throw new Error('no forwards');
  expect(forward.messages[0]?.fields).toBe(optionalListOf(forward.fields, 'secrets')?.[0]);
  expect(single.messages[0]?.fields).toBe(single.fields['forward']);
  const combined = dim.Content.parse({ type: '207', ...common, messages: [{ ...envelope, content: text }] });
  if (!(combined instanceof CombineForwardContent)) throw new Error('no messages');
  expect(combined.messages[0]?.fields).toBe(optionalListOf(combined.fields, 'messages')?.[0]);
});

test('what is no map is refused at its place', async () => {
  for (const item of ['{}', 5, null, [text]])
    expect(await errorOf(() => dim.Content.parse({ type: '202', ...common, contents: [text, item] }))).toMatchObject({
      code: 'INPUT_TYPE',
      path: 'contents[1]',
    });
});

test('what a plugin makes by itself is copied, and checked like anything else', async () => {
  let made: object = text;
  class Nest extends Content {
    readonly kind = 'nest';
    readonly inner: Content;

    constructor(init: ContentInit, inner: Content) {
      super(init);
      this.inner = inner;
    }
  }
  const nest = defineContent({
    type: '1001',
    kind: 'nest',
    read: (init, readers) => new Nest(init, readers.readContent(made)),
  });
  const nested = dim.extend(definePlugin('nests', [nest]));
  const content = nested.Content.parse({ type: '1001', ...common });
  if (!(content instanceof Nest)) throw new Error('no nest');
  expect(content.inner.fields).toEqual(text);
  expect([content.inner.fields === text, Object.isFrozen(content.inner.fields)]).toEqual([false, true]);
  made = { ...text, more: () => 1 };
  expect(await errorOf(() => nested.Content.parse({ type: '1001', ...common }))).toMatchObject({ path: 'more' });
});
