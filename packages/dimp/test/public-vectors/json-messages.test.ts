/**
 * JSONTestSuite as packages from the network: what is no message is one typed error, and any JSON that parsers must
 * read can be a field of a message that nobody here knows, and goes out again with the same value.
 */
import { expect, test } from '@jest/globals';
import { describeVectors } from '../../../../tests/support/public-vectors.ts';
import { parseJson, stringifyJson, TextContent } from '../../src/index.ts';
import { decodeUtf8, encodeUtf8 } from '../../src/extend.ts';
import { alice, bob, dim, errorOf, messengerOf } from '../world.ts';

const bytes = await (await messengerOf(alice)).pack(TextContent.create('Hello'), bob.id);
const message = decodeUtf8(bytes).slice(0, -1);

describeVectors('JSONTestSuite', 'jsontestsuite/test_parsing', (vectors) => {
  test.each(vectors.names())('%s is no message', async (name) => {
    const error = await errorOf(() => dim.ReliableMessage.decode(vectors.bytes(name)));
    expect(error.code).toMatch(/^INPUT_(FORMAT|LIMIT|TYPE|MISSING)$/);
    expect(error.message).toMatch(/^.{1,299}$/);
  });

  test.each(vectors.names().filter((name) => name.startsWith('y_')))('%s as an unknown field', (name) => {
    const text = decodeUtf8(vectors.bytes(name));
    const read = dim.ReliableMessage.decode(encodeUtf8(`${message},"note":${text}}`));
    const value = parseJson(text);
    expect(read.fields['note']).toEqual(value);
    expect(stringifyJson(dim.ReliableMessage.decode(read.encode()).fields)).toBe(stringifyJson(read.fields));
  });
});
