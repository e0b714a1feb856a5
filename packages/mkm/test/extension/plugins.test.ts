import { describe, expect, test } from '@jest/globals';
import {
  Address,
  createIdentityContext,
  defineAddress,
  defineDocument,
  defineKeyAlgorithm,
  definePlugin,
  Document,
} from '../../src/index.ts';
import { BoundedCache } from '../../src/internal.ts';
import { context, demoPlugin, errorOf, TestPublicKey, USER } from '../demo-plugin.ts';

class Badge extends Document {
  readonly level = this.property('level');
}
const badges = definePlugin('badges', [defineDocument({ type: 'badge', class: Badge })]);

describe('contexts', () => {
  test('know what their plugins define, and nothing of each other', () => {
    const withBadges = createIdentityContext({ plugins: [demoPlugin, badges] });
    const map = { did: USER, type: 'badge', data: '{"level":2}' };
    expect(withBadges.Document.parse(map)).toBeInstanceOf(Badge);
    expect(context.Document.parse(map)).not.toBeInstanceOf(Badge);
    expect(Object.isFrozen(context)).toBe(true);
  });

  test('an address or algorithm without a plugin is unsupported, not null', () => {
    const empty = createIdentityContext({ plugins: [] });
    expect(errorOf(() => empty.ID.parse(USER)).code).toBe('UNSUPPORTED_ADDRESS');
    expect(errorOf(() => empty.PublicKey.parse({ algorithm: 'RSA' })).code).toBe('UNSUPPORTED_ALGORITHM');
  });

  test('defining the same twice is an error that names both plugins, unless the later replaces', () => {
    const error = errorOf(() =>
      createIdentityContext({ plugins: [badges, definePlugin('other', badges.definitions)] }),
    );
    expect(error.code).toBe('USAGE_DUPLICATE');
    expect(error.message).toContain('badges');
    expect(error.message).toContain('other');
    const replacing = definePlugin('other', [defineDocument({ type: 'badge', class: Document })], {
      replace: true,
    });
    const { Document: codec } = createIdentityContext({ plugins: [demoPlugin, badges, replacing] });
    expect(codec.parse({ did: USER, type: 'badge' })).not.toBeInstanceOf(Badge);
  });

  test('whatever a plugin throws arrives as one DimError with the cause', () => {
    const broken = definePlugin('broken', [
      defineAddress({
        name: 'broken',
        parse() {
          throw new TypeError('bug');
        },
      }),
      defineKeyAlgorithm({
        algorithm: 'BROKEN',
        publicKey: {
          read() {
            throw new TypeError('bug');
          },
        },
      }),
    ]);
    const { ID, PublicKey } = createIdentityContext({ plugins: [broken] });
    for (const error of [errorOf(() => ID.parse('x')), errorOf(() => PublicKey.parse({ algorithm: 'BROKEN' }))]) {
      expect(error.code).toBe('INTERNAL_PLUGIN');
      expect(error.cause).toEqual(new TypeError('bug'));
    }
  });
});

test('a reader that gives nothing is a fault of the plugin, and no value', () => {
  const read = () => null as never;
  const hollow = definePlugin('hollow', [
    defineDocument({ type: 'hollow', read }),
    defineKeyAlgorithm({ algorithm: 'HOLLOW', publicKey: { read } }),
  ]);
  const { Document: documents, PublicKey } = createIdentityContext({ plugins: [demoPlugin, hollow] });
  expect(errorOf(() => documents.parse({ did: USER, type: 'hollow' })).code).toBe('INTERNAL_PLUGIN');
  expect(errorOf(() => PublicKey.parse({ algorithm: 'HOLLOW' })).code).toBe('INTERNAL_PLUGIN');
});

test.each([
  ['null', null],
  ['a text', 'x'],
  ['nothing of an address', {}],
  ['what only looks like one', { text: 'x', canonical: 'x', kind: 'x', network: 0, type: 0 }],
  ['one without a text', Object.assign(Object.create(Address.prototype) as object, { kind: 'x', network: 0, type: 0 })],
  ['one without a network', new Address({ text: 'x', kind: 'x', network: undefined as unknown as number })],
])('an address that is none is a fault of the plugin: %s', (_what, address) => {
  const odd = definePlugin('odd', [defineAddress({ name: 'ODD', parse: () => address as Address })]);
  const error = errorOf(() => createIdentityContext({ plugins: [odd] }).ID.parse('bad-1'));
  expect([error.code, error.reason]).toEqual(['INTERNAL_PLUGIN', 'the definition of address ODD gave no Address']);
});

describe('BoundedCache', () => {
  test('forgets what was used longest ago', () => {
    const cache = new BoundedCache<string, number>(2);
    cache.set('a', 1);
    cache.set('b', 2);
    cache.get('a');
    cache.set('c', 3);
    expect([cache.get('a'), cache.get('b'), cache.get('c'), cache.size]).toEqual([1, undefined, 3, 2]);
  });
});

describe('definitions', () => {
  test('take a class or a reader function, and say the same', () => {
    const byClass = definePlugin('class', [defineDocument({ type: 'badge', class: Badge })]);
    const byFunction = definePlugin('function', [defineDocument({ type: 'badge', read: (init) => new Badge(init) })]);
    for (const plugin of [byClass, byFunction]) {
      const { Document: codec } = createIdentityContext({ plugins: [demoPlugin, plugin] });
      const badge = codec.parse({ did: USER, type: 'badge', data: '{"level":2}' });
      expect(badge).toBeInstanceOf(Badge);
      expect(badge instanceof Badge && badge.level).toBe(2);
    }
  });

  test('of addresses and metas may be instances of classes', () => {
    class Numbers {
      readonly name = 'numbers';
      readonly #pattern = /^\d{8}$/;

      parse(text: string): Address | undefined {
        return this.#pattern.test(text) ? new Address({ text, kind: this.name, network: 0 }) : undefined;
      }
    }
    const { ID } = createIdentityContext({ plugins: [definePlugin('numbers', [defineAddress(new Numbers())])] });
    expect(ID.parse('alice@12345678').address.kind).toBe('numbers');
  });

  test('of keys take classes too', () => {
    const { algorithm } = { algorithm: 'CLASSY' };
    const plugin = definePlugin('keys', [defineKeyAlgorithm({ algorithm, publicKey: { class: TestPublicKey } })]);
    const { PublicKey } = createIdentityContext({ plugins: [plugin] });
    expect(PublicKey.safeParse({ algorithm, data: 'AAAA' }).ok).toBe(false);
    expect(PublicKey.safeParse({ algorithm, data: 'AAAA' })).toMatchObject({ error: { code: 'INTERNAL_PLUGIN' } });
  });
});
