/** The two ways into a codec of maps: one copies what anybody gives, one takes what was copied already. */
import { describe, expect, test } from '@jest/globals';
import { DEFAULT_LIMITS, DimError } from '../../src/index.ts';
import { copyJsonMap, createCodec, textOf } from '../../src/extend.ts';
import { createMapCodec, parseCopied } from '../../src/internal.ts';
import type { JsonMap } from '../../src/index.ts';
import { context, errorOf } from '../demo-plugin.ts';

class Word {
  readonly fields: JsonMap;
  readonly text: string;

  constructor(map: JsonMap) {
    this.fields = map;
    this.text = textOf(map, 'text');
  }
}
const codec = createMapCodec(
  DEFAULT_LIMITS,
  (input) => input instanceof Word,
  (fields) => new Word(fields),
);
const fields = copyJsonMap({ text: 'tea', list: [1] });

describe('a codec of maps', () => {
  test('copies what anybody gives, and gives back what was read', () => {
    const word = codec.parse(fields);
    expect(word.fields).toEqual(fields);
    expect(word.fields).not.toBe(fields);
    expect(codec.parse(word)).toBe(word);
  });

  test('takes what was copied as it is, also where it is a part of another codec', () => {
    expect(parseCopied(codec, fields).fields).toBe(fields);
    const larger = { ...codec, more: true };
    expect(parseCopied(larger, fields).fields).toBe(fields);
  });

  test('that somebody else made copies as it always does', () => {
    const other = createCodec((input) => codec.parse(input));
    expect(parseCopied(other, fields).fields).toEqual(fields);
    expect(parseCopied(other, fields).fields).not.toBe(fields);
  });

  test('fails in both ways alike', () => {
    const wrong = copyJsonMap({ text: 5 });
    const { code, path, reason } = errorOf(() => codec.parse(wrong));
    expect([code, path]).toEqual(['INPUT_TYPE', 'text']);
    expect(errorOf(() => parseCopied(codec, wrong))).toMatchObject({ code, path, reason });
    const broken = createMapCodec<Word>(
      DEFAULT_LIMITS,
      (input) => input instanceof Word,
      () => {
        throw new Error('out of order');
      },
    );
    expect(errorOf(() => parseCopied(broken, fields))).toBeInstanceOf(DimError);
  });
});

test('the key in a meta is copied with the meta, and not once more', async () => {
  const privateKey = await context.PrivateKey.generate('TEST25519');
  const meta = await context.Meta.generate({ type: '2', privateKey });
  expect(meta.publicKey.fields).toBe(meta.fields['key']);
});
