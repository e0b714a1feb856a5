import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { ANYONE, createIdentityContext, EntityType, EVERYONE, type ID } from '../../src/index.ts';
import { context, demoPlugin, errorOf, GROUP, USER } from '../demo-plugin.ts';

const ADDRESS = '00x0123456789abcdef';

describe('a name', () => {
  test.each([
    '名字',
    'なまえ',
    '이름',
    'Ελένη',
    'नमस्ते',
    'العربية',
    'cafe\u0301',
    '😀',
    '\u2764\ufe0f',
    'love\u2764\ufe0f\u{1f600}',
    '\u{1f44d}\u{1f3fd}',
    '\u{1f1e9}\u{1f1ea}',
    '1\ufe0f\u20e3',
    '\u{1fae9}',
    '\u{20bb7}',
    'a_b-c.d+1',
  ])('may be %s', (name) => {
    expect(context.ID.parse(`${name}@${ADDRESS}`).name).toBe(name);
  });

  test.each([
    '\u3164',
    '\uffa0',
    '\u115f',
    '\u1160',
    '\u034f',
    '\ufe0f',
    '\ufe0e',
    '\u{e0100}',
    '\u180b',
    '\u17b4',
    '\u2800',
    '\u{e0fff}',
    '\u{1d159}',
    '\u200d',
    '\u202e',
    '\ue000',
    '\u{10fffd}',
    '\u0378',
    '\u{e0041}',
    '\uffff',
  ])('has nothing invisible, private or unassigned: %j', (character) => {
    const hex = character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0') ?? '';
    for (const name of [character, `al${character}ice`, `alice${character}`]) {
      const error = errorOf(() => context.ID.parse(`${name}@${ADDRESS}`));
      expect([error.code, error.reason.includes(`a name with U+${hex}:`)]).toEqual(['INPUT_FORMAT', true]);
    }
    expect(errorOf(() => context.ID.parse(`${USER}/a${character}`)).reason).toContain(`a terminal with U+${hex}:`);
  });

  test.each(['a\ufe0f', '1\ufe0f', '😀\ufe0f', '\u2764\ufe0f\ufe0f', '\u0301a', '\u20e3'])(
    'looks like no other: %j is refused',
    (name) => {
      expect(errorOf(() => context.ID.parse(`${name}@${ADDRESS}`)).code).toBe('INPUT_FORMAT');
    },
  );

  test('or terminal that is refused says why', () => {
    expect(errorOf(() => context.ID.parse(USER).at('Ana’s iPhone')).reason).toBe(
      'has a terminal with U+0020: no separators, blanks, invisible or unassigned characters, and no mark at the start',
    );
    expect(errorOf(() => context.ID.parse(USER).at('')).reason).toBe('has an empty terminal');
  });
});

describe('ID.parse', () => {
  test('splits name, address and terminal', () => {
    const id = context.ID.parse(`${USER}/phone`);
    expect([id.name, id.address.text, id.terminal, id.type]).toEqual(['alice', ADDRESS, 'phone', EntityType.USER]);
    expect(id.toString()).toBe(`${USER}/phone`);
    expect(JSON.stringify({ id })).toBe(`{"id":"${USER}/phone"}`);
    expect(id.entity.toString()).toBe(USER);
    expect(id.isUser).toBe(true);
    expect(context.ID.parse(GROUP).isGroup).toBe(true);
  });

  test('the terminal does not make another entity, the name does', () => {
    const [user, phone, other] = [USER, `${USER}/phone`, `bob@${ADDRESS}`].map((text) => context.ID.parse(text));
    expect(phone && user?.equals(phone)).toBe(true);
    expect(user?.entityKey).toBe(phone?.entityKey);
    expect(other && user?.equals(other)).toBe(false);
  });

  test('broadcast words in any letter case are one entity', () => {
    for (const text of ['anyone@anywhere', 'anyone@ANYWHERE']) {
      const id = context.ID.parse(text);
      expect([id.isBroadcast, id.isUser, id.equals(ANYONE)]).toEqual([true, true, true]);
    }
    expect([EVERYONE.isBroadcast, EVERYONE.isGroup]).toEqual([true, true]);
  });

  test.each([
    '',
    '@',
    '/',
    'alice@',
    `@${ADDRESS}`,
    `a@b@${ADDRESS}`,
    `${USER}/`,
    `${USER}/a/b`,
    `${USER}/a@b`,
    `a/b@${ADDRESS}`,
    ` ${USER}`,
    `al ice@${ADDRESS}`,
    `al\u00a0ice@${ADDRESS}`,
    `al\0ice@${ADDRESS}`,
    `al\u200bice@${ADDRESS}`,
    `\ufeffalice@${ADDRESS}`,
    `al\u00adice@${ADDRESS}`,
    `a\ud800@${ADDRESS}`,
    `alice@${ADDRESS}2`,
    'anyone@anywere',
    'anyone@anywh\u0435re',
    'constructor',
    '__proto__',
    `${'n'.repeat(300)}@${ADDRESS}`,
  ])('refuses %j', (text) => {
    expect(errorOf(() => context.ID.parse(text)).code).toMatch(/^(INPUT|UNSUPPORTED)_/);
  });

  test.each([undefined, null, 0, true, {}, [USER], new String(USER), { toString: () => USER }, Symbol('x')])(
    'takes no %p for text',
    (input) => {
      expect(errorOf(() => context.ID.parse(input)).code).toBe('INPUT_TYPE');
    },
  );

  test('names are compared by code points, never normalized', () => {
    const ids = [`caf\u00e9@${ADDRESS}`, `cafe\u0301@${ADDRESS}`].map((text) => context.ID.parse(text));
    expect(ids[0]?.equals(ids[1] as ID)).toBe(false);
  });

  test('whatever parses, writes the same text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 20 }), fc.string({ maxLength: 10 }), (name, terminal) => {
        const text = `${name}@${ADDRESS}/${terminal}`;
        const id = context.ID.tryParse(text);
        expect(id === undefined || id.toString() === text).toBe(true);
      }),
    );
  });

  test('legacy network bytes are read by their old meaning only when asked for', () => {
    const legacy = createIdentityContext({ plugins: [demoPlugin], legacyNetworks: true });
    const text = 'gsp@88x0123456789abcdef';
    expect([context.ID.parse(text).type, context.ID.parse(text).isBroadcast]).toEqual([0x88, true]);
    const station = legacy.ID.parse(text);
    expect([station.type, station.isBroadcast, station.address.network]).toEqual([EntityType.STATION, false, 0x88]);
    expect(legacy.ID.parse('g@10x0123456789abcdef').isGroup).toBe(true);
  });
});

describe('ID.create', () => {
  test('checks the parts', () => {
    const { address } = context.ID.parse(USER);
    expect(context.ID.create({ name: 'bob', address, terminal: 'x' }).toString()).toBe(`bob@${ADDRESS}/x`);
    for (const parts of [{ name: '' }, { name: 'a@b' }, { terminal: 'a/b' }, { terminal: '' }]) {
      expect(errorOf(() => context.ID.create({ address, ...parts })).code).toBe('INPUT_FORMAT');
    }
  });
});

test('no map is equal to an ID, whatever is in it', () => {
  const id = context.ID.parse(USER);
  for (const other of [{ entityKey: id.entityKey }, { '@dim': 'mkm.ID', entityKey: id.entityKey }, null, id.toString()])
    expect(() => id.equals(other as unknown as ID)).toThrow('must be an ID');
});
