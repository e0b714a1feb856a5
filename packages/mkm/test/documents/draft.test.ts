/** Drafts: which values properties can have, and what they become. */
import { expect, test } from '@jest/globals';
import { NetworkFile } from '../../src/index.ts';
import { context, errorOf, USER } from '../demo-plugin.ts';

const did = context.ID.parse(USER);
const draftOf = (properties: Parameters<typeof context.Document.create>[0]['properties'] & object) =>
  context.Document.create({ type: 'badge', did, properties });

test('a value with a wire form is written in it, in lists, too', () => {
  const file = NetworkFile.create({ url: 'https://example.com/a.png' });
  expect(draftOf({ owner: did, files: [file, 'x'], nothing: null }).properties).toEqual({
    owner: USER,
    files: ['https://example.com/a.png', 'x'],
    nothing: null,
  });
});

test('a property that is only called toJSON is one like any other', () => {
  expect(draftOf({ settings: { toJSON: 5 } }).properties).toEqual({ settings: { toJSON: 5 } });
});

test('__proto__ is one like any other', () => {
  const properties = JSON.parse('{"__proto__":{"level":3}}') as Record<string, never>;
  expect(JSON.stringify(draftOf(properties).properties)).toBe('{"__proto__":{"level":3}}');
});

test('values are copied and cannot be changed', () => {
  const list = [{ n: 1 }];
  const draft = draftOf({ list });
  list.push({ n: 2 });
  expect(draft.properties).toEqual({ list: [{ n: 1 }] });
  expect(Object.isFrozen(draft.properties['list'])).toBe(true);
});

test('what JSON has not is refused', () => {
  expect(errorOf(() => draftOf({ n: Number.NaN }))).toMatchObject({ code: 'USAGE_ARGUMENT', path: 'n' });
  const refused = errorOf(() => draftOf({ list: [new Set() as never] }));
  expect(refused).toMatchObject({ code: 'USAGE_ARGUMENT', path: 'list[0]' });
});

test('text that cannot be written is refused, in names too', () => {
  for (const properties of [{ name: 'a\ud83d' }, { list: [{ name: '\ude00' }] }, { ['\ud83d']: 1 }])
    expect(errorOf(() => draftOf(properties))).toMatchObject({ code: 'USAGE_ARGUMENT' });
});

test('a Map is written as a map, with IDs as names', () => {
  expect(draftOf({ roles: new Map([[did, 'founder']]) }).properties).toEqual({ roles: { [USER]: 'founder' } });
});

test('a document has no type in digits: that is a content', () => {
  for (const type of ['1', '136', '01'])
    expect(errorOf(() => context.Document.create({ type, did }))).toMatchObject({
      code: 'USAGE_ARGUMENT',
      path: 'type',
    });
});

test.each([
  ['milliseconds', Date.now()],
  ['NaN', Number.NaN],
  ['negative', -5],
  ['a Date', new Date() as never],
])('a time that is %s is not signed', async (_what, time) => {
  const key = await context.PrivateKey.generate('TEST25519');
  const wrong = { code: 'USAGE_ARGUMENT', path: 'time' };
  await expect(draftOf({}).sign(key, { time })).rejects.toMatchObject(wrong);
  const signed = (async () => draftOf({ created_time: time }).sign(key))();
  await expect(signed).rejects.toMatchObject({ ...wrong, path: 'created_time' });
});

test('what no reader would take as a document is not signed', async () => {
  const key = await context.PrivateKey.generate('TEST25519');
  const wrong = { code: 'USAGE_ARGUMENT', path: 'type' };
  for (const type of ['', 'a\nb', 'bulletin'])
    await expect(context.Document.create({ type, did }).sign(key)).rejects.toMatchObject(wrong);
});

test('a new document was made when it is signed, and each signature renews its time', async () => {
  const key = await context.PrivateKey.generate('TEST25519');
  const before = Date.now() / 1000;
  const first = await draftOf({}).sign(key);
  expect(first.time).toBeGreaterThanOrEqual(before);
  expect([first.type, first.did.toString(), first.createdTime]).toEqual(['badge', USER, first.time]);
  const second = await first.with({ level: 3 }).sign(key, { time: 1900000000 });
  expect([second.time, second.createdTime]).toEqual([1900000000, first.time]);
});
