import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import {
  Content,
  createContent,
  createMessageContext,
  defineContent,
  definePlugin,
  UnknownContent,
  type ContentInit,
  type CreateContentOptions,
  type ID,
  type TypeCode,
} from '../../src/index.ts';
import { newContentInit, optionalListOf, textOf, type NewFields, type NewValue } from '../../src/extend.ts';
import { standardPlugin } from 'dimplugins';
import { ALICE, context, errorOf, GROUP } from '../world.ts';

const BASE = { type: '77', sn: 1, time: 1700000000.5 };

class Poll extends Content {
  readonly kind = 'poll';
  readonly question: string = textOf(this.fields, 'question');
}
const poll = defineContent({ type: '1001', kind: 'poll', class: Poll });
const polls = createMessageContext({
  plugins: [standardPlugin(), definePlugin('polls', [poll])],
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
    const hollow = definePlugin('hollow', [
      defineContent<Poll>({ type: '1001', kind: 'poll', read: () => undefined as never }),
    ]);
    const { Content: contents } = createMessageContext({ plugins: [standardPlugin(), hollow] });
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
  const created = createContent(poll, { question: 'Tea?' }, { group: GROUP });
  expect(created.toMap()).toEqual({
    type: '1001',
    sn: created.sn,
    time: created.time,
    group: GROUP.toString(),
    question: 'Tea?',
  });
  expect(Math.abs(Date.now() / 1000 - (created.time ?? 0))).toBeLessThan(5);
});

describe('what no reader would take is not written', () => {
  const wrong: readonly (readonly [string, CreateContentOptions, string])[] = [
    ['milliseconds', { time: Date.now() }, 'time'],
    ['NaN', { time: Number.NaN }, 'time'],
    ['a time before 1970', { time: -5 }, 'time'],
    ['a Date', { time: new Date() as never }, 'time'],
    ['a serial number of zero', { sn: 0 }, 'sn'],
    ['a fraction of a serial number', { sn: 1.5 }, 'sn'],
    ['a group that is a user', { group: ALICE }, 'group'],
    ['a group as text', { group: GROUP.toString() as never }, 'group'],
  ];
  test.each(wrong)('%s', async (_what, options, path) => {
    const error = await errorOf(() => createContent(poll, { question: 'Tea?' }, options));
    expect([error.code, error.path]).toEqual(['USAGE_ARGUMENT', path]);
  });

  test.each<[NewFields, string]>([
    [{}, 'question'],
    [{ question: 5 }, 'question'],
    [{ question: 'a\ud83d' }, 'question'],
    [{ question: 'x', more: [{ deep: '\ude00' }] }, 'more[0].deep'],
    [{ question: 'x', more: Number.NaN }, 'more'],
    [{ question: 'x', more: new Set() as never }, 'more'],
    [{ question: 'x', sn: 5 }, 'sn'],
    [{ question: 'x', T: '1' }, 'T'],
  ])('%p', async (own, path) => {
    const error = await errorOf(() => createContent(poll, own));
    expect([error.code, error.path]).toEqual(['USAGE_ARGUMENT', path]);
  });

  test('the error of the reader is the cause', async () => {
    const { cause } = await errorOf(() => createContent(poll, { question: 5 }));
    expect(cause).toMatchObject({ code: 'INPUT_TYPE', path: 'question' });
  });

  test('sizes and nesting past the limits', async () => {
    let deep: NewValue = 'x';
    for (let level = 0; level < 64; level++) deep = [deep];
    for (const more of [deep, 'x'.repeat(32 * 1024 * 1024 + 1), Array.from({ length: 100_000 }, () => 0)])
      expect((await errorOf(() => createContent(poll, { question: 'x', more }))).code).toBe('USAGE_ARGUMENT');
  });

  test.each(['poll', '0xC8', '', '01', '1.5', '-1', '4294967296', 'text', 136 as never])(
    'the type %j',
    async (type) => {
      const refusal = { code: 'USAGE_ARGUMENT', path: 'type' };
      expect(await errorOf(() => newContentInit(type as TypeCode, {}))).toMatchObject(refusal);
      expect(await errorOf(() => defineContent({ type: type as TypeCode, kind: 'poll', class: Poll }))).toMatchObject(
        refusal,
      );
      const handmade = definePlugin('mine', [{ ...poll, type: type as TypeCode }]);
      expect(await errorOf(() => createMessageContext({ plugins: [handmade] }))).toMatchObject(refusal);
    },
  );

  test('a word as a type does not compile', () => {
    // @ts-expect-error -- digits only
    expect(() => newContentInit('poll', {})).toThrow('USAGE_ARGUMENT');
    // @ts-expect-error -- digits only
    expect(() => defineContent({ type: '', kind: 'poll', class: Poll })).toThrow('USAGE_ARGUMENT');
  });
});

describe('kinds', () => {
  class Vote extends Content {
    readonly kind = 'poll';
  }
  const vote = defineContent({ type: '1002', kind: 'poll', class: Vote });

  test('are of one plugin each', async () => {
    const plugins = [definePlugin('polls', [poll]), definePlugin('votes', [vote])];
    const { code, message } = await errorOf(() => createMessageContext({ plugins }));
    expect([code, /polls.*|votes.*/.test(message)]).toEqual(['USAGE_DUPLICATE', true]);
    const besides = [definePlugin('polls', [poll]), definePlugin('votes', [vote], { replace: true })];
    expect((await errorOf(() => createMessageContext({ plugins: besides }))).reason).toMatch(
      /is one of plugin polls still/,
    );
    const inPlace = { ...vote, type: '1001' } as typeof vote;
    const replacing = [definePlugin('polls', [poll]), definePlugin('votes', [inPlace, vote], { replace: true })];
    const replaced = createMessageContext({ plugins: replacing });
    for (const type of ['1001', '1002']) expect(replaced.Content.parse({ ...BASE, type })).toBeInstanceOf(Vote);
  });

  test('may be read in several ways by one plugin', () => {
    const plugins = [definePlugin('polls', [poll, { ...poll, type: '1003' }])];
    expect(createMessageContext({ plugins }).Content.parse({ ...BASE, type: '1003', question: 'x' }).kind).toBe('poll');
  });

  test('are said, and the one of unknown contents is taken', async () => {
    for (const [kind, code] of [
      [undefined, 'USAGE_ARGUMENT'],
      ['', 'USAGE_ARGUMENT'],
      ['unknown', 'USAGE_DUPLICATE'],
    ]) {
      const definition = { ...poll, kind: kind as 'poll' };
      expect((await errorOf(() => createMessageContext({ plugins: [definePlugin('p', [definition])] }))).code).toBe(
        code,
      );
    }
  });

  test('that are not those of the class do not compile', () => {
    // @ts-expect-error -- the kind of Poll is poll
    expect(defineContent({ type: '1001', kind: 'vote', class: Poll }).kind).toBe('vote');
  });
});

describe('what was given', () => {
  class Holder extends Content {
    readonly kind = 'holder';
    readonly inner: readonly (Content | ID)[];
    constructor(init: ContentInit, inner: readonly (Content | ID)[]) {
      super(init);
      this.inner = inner;
    }
  }
  const holder = defineContent({
    type: '1010',
    kind: 'holder',
    read: (init, readers) =>
      new Holder(init, [
        ...(optionalListOf(init.fields, 'contents') ?? []).map((map) => readers.readContent(map)),
        ...(optionalListOf(init.fields, 'ids') ?? []).map((id) => readers.readId(id)),
      ]),
  });

  test('is in the new content as it is, and its map in the fields', () => {
    const tea = createContent(poll, { question: 'Tea?' });
    const both = createContent(holder, { contents: [tea], ids: [ALICE, GROUP] });
    expect(both.inner).toEqual([tea, ALICE, GROUP]);
    expect(both.fields).toMatchObject({ contents: [tea.toMap()], ids: [ALICE.toString(), GROUP.toString()] });
  });

  test('must be of the class that the reader asks for', async () => {
    for (const own of [{ contents: [ALICE] }, { contents: [{ type: '1' }] }, { ids: [ALICE.toString()] }, { ids: [5] }])
      expect((await errorOf(() => createContent(holder, own))).code).toBe('USAGE_ARGUMENT');
  });

  test('an ID longer than readers take', async () => {
    const long = context.ID.create({ name: 'x'.repeat(300), address: ALICE.address });
    expect(await errorOf(() => createContent(holder, { ids: [long] }))).toMatchObject({ code: 'USAGE_ARGUMENT' });
  });

  test('contents nest as deep as readers take, and no deeper', async () => {
    const withHolder = createMessageContext({ plugins: [standardPlugin(), definePlugin('holder', [holder])] });
    let content = createContent(holder, {});
    for (let level = 0; level < 16; level++) content = createContent(holder, { contents: [content] });
    expect(withHolder.Content.parse(content.toMap()).kind).toBe('holder');
    const error = await errorOf(() => createContent(holder, { contents: [content] }));
    expect(error.code).toBe('USAGE_ARGUMENT');
  });

  test('numbers are as their reader has them', () => {
    const own = { question: 'x', long: 2 ** 60, short: 5n, zero: -0 };
    expect(createContent(poll, own).fields).toMatchObject({ long: 2n ** 60n, short: 5, zero: 0 });
  });
});
