import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { standardPlugin } from 'dimplugins';
import { Content, createDim, defineContent, definePlugin, TextContent } from '../../src/index.ts';
import { textOf } from '../../src/extend.ts';
import { dim, errorOf } from '../context.ts';
import { testNothingLost } from './content-wire.ts';

const BASE = { type: '1', sn: 1, time: 1700000000.5 };

describe('TextContent', () => {
  testNothingLost({ ...BASE, text: 'Hello' }, 'text');

  test('is read by code, number and word', () => {
    for (const type of ['1', 1, 'text', 'TEXT']) {
      const content = dim.Content.parse({ ...BASE, type, text: 'Hello' });
      expect(content.kind === 'text' && content.text).toBe('Hello');
    }
  });

  test('any text makes the round trip', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const content = dim.Content.parse(JSON.parse(TextContent.create(text).serialize()));
        expect(content).toMatchObject({ kind: 'text', text });
      }),
    );
  });

  test.each([
    [{ text: undefined }, 'INPUT_MISSING'],
    [{ text: 5 }, 'INPUT_TYPE'],
    [{ text: null }, 'INPUT_TYPE'],
  ])('%j is refused', async (change, code) => {
    expect(await errorOf(() => dim.Content.parse({ ...BASE, ...change }))).toMatchObject({ code, path: 'text' });
  });
});

class Poll extends Content {
  readonly kind = 'poll';
  readonly question: string = textOf(this.fields, 'question');
}
const polls = definePlugin('polls', [defineContent({ type: '1001', kind: 'poll', class: Poll })]);

const withPolls = dim.extend(polls);

describe('extend', () => {
  test('gives a new context that knows more, and leaves the old one as it was', () => {
    const map = { ...BASE, type: '1001', question: 'Tea?' };
    expect(withPolls.Content.parse(map)).toMatchObject({ kind: 'poll', question: 'Tea?' });
    expect(dim.Content.parse(map).kind).toBe('unknown');
    expect(withPolls.Content.parse({ ...BASE, text: 'x' }).kind).toBe('text');
    expect(Object.isFrozen(withPolls)).toBe(true);
  });

  test('defining what is there already is an error, unless it replaces', async () => {
    const definition = defineContent({ type: '1', kind: 'poll', class: Poll });
    expect((await errorOf(() => dim.extend(definePlugin('mine', [definition])))).code).toBe('USAGE_DUPLICATE');
    const replaced = createDim({ plugins: [standardPlugin(), definePlugin('mine', [definition], { replace: true })] });
    expect(replaced.Content.parse({ ...BASE, question: 'x' }).kind).toBe('poll');
  });
});
