import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import {
  Content,
  createMessageContext,
  defineContent,
  definePlugin,
  newContentInit,
  textOf,
  UnknownContent,
} from '../src/index.ts';
import { standardPlugins } from 'dimplugins';
import { ALICE, context, errorOf, GROUP } from './world.ts';

const BASE = { type: '77', sn: 1, time: 1700000000.5 };

class Poll extends Content {
  readonly kind = 'poll';
  readonly question: string = textOf(this.fields, 'question');
}
const polls = createMessageContext({
  plugins: [standardPlugins(), definePlugin('polls', [defineContent({ type: '1001', class: Poll })])],
});

describe('Content.parse', () => {
  test('an unknown type is a value with everything kept', () => {
    const map = { ...BASE, app: 'chat.dim.test', extra: { k: [1, 2, { z: null }] } };
    const content = context.Content.parse(map);
    expect(content).toBeInstanceOf(UnknownContent);
    expect([content.kind, content.type, content.sn, content.time]).toEqual(['unknown', '77', 1, 1700000000.5]);
    expect(content.toMap()).toEqual(map);
  });

  test('reads a type that a plugin defines into its class', async () => {
    const content = polls.Content.parse({ ...BASE, type: 1001, question: 'Tea?' });
    expect(content.kind === 'poll' && content.question).toBe('Tea?');
    expect(await errorOf(() => polls.Content.parse({ ...BASE, type: '1001' }))).toMatchObject({
      code: 'INPUT_MISSING',
      path: 'question',
    });
  });

  test('a reader that gives nothing is a fault of the plugin, and no content', async () => {
    const hollow = definePlugin('hollow', [defineContent({ type: '1001', read: () => undefined as never })]);
    const { Content: contents } = createMessageContext({ plugins: [standardPlugins(), hollow] });
    expect((await errorOf(() => contents.parse({ ...BASE, type: '1001' }))).code).toBe('INTERNAL_PLUGIN');
  });

  test('reads short names, and writes long ones', () => {
    const content = context.Content.parse({ T: 77, N: '5', W: '1700000000.5', G: GROUP.toString(), S: 'kept', x: 1 });
    expect([content.type, content.sn, content.time, content.group?.equals(GROUP)]).toEqual([
      '77',
      5,
      1700000000.5,
      true,
    ]);
    expect(Object.keys(content.fields)).toEqual(['type', 'sn', 'time', 'group', 'S', 'x']);
  });

  test('a serial number of 64 bits survives', () => {
    const content = context.Content.parse({ ...BASE, sn: '18446744073709551615' });
    expect(content.sn).toBe(18446744073709551615n);
    expect(content.fields['sn']).toBe('18446744073709551615');
  });

  test.each([
    [{ type: undefined }, 'INPUT_MISSING', 'type'],
    [{ type: '__proto__' }, 'INPUT_FORMAT', 'type'],
    [{ T: '255' }, 'INPUT_CONFLICT', 'T'],
    [{ sn: undefined }, 'INPUT_MISSING', 'sn'],
    [{ sn: 0 }, 'INPUT_RANGE', 'sn'],
    [{ time: 'noon' }, 'INPUT_FORMAT', 'time'],
    [{ time: 1700000000500 }, 'INPUT_RANGE', 'time'],
    [{ group: 'x' }, 'UNSUPPORTED_ADDRESS', 'group'],
    [{ group: ALICE.toString() }, 'INPUT_CONFLICT', 'group'],
  ])('%j is refused', async (change, code, path) => {
    expect(await errorOf(() => context.Content.parse({ ...BASE, ...change }))).toMatchObject({ code, path });
  });

  test('unknown fields survive, whatever they are', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 })), (extra) => {
        const map = JSON.parse(JSON.stringify({ ...extra, ...BASE })) as object;
        fc.pre(!['T', 'N', 'W', 'G', 'C', 'group'].some((name) => Object.hasOwn(map, name)));
        expect(JSON.parse(context.Content.parse(map).serialize())).toEqual(map);
      }),
    );
  });
});

test('a new content has a type, a number and a time, and needs no context', () => {
  const poll = new Poll(newContentInit('1001', { question: 'Tea?' }, { group: GROUP }));
  expect(poll.toMap()).toEqual({
    type: '1001',
    sn: poll.sn,
    time: poll.time,
    group: GROUP.toString(),
    question: 'Tea?',
  });
  expect(Math.abs(Date.now() / 1000 - (poll.time ?? 0))).toBeLessThan(5);
});
