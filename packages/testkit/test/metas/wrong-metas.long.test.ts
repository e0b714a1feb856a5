/** Types of metas that are wrong: the contract tells of each, in words. */
import { describe, expect, test } from '@jest/globals';
import { bitcoinStyleAddress, btcMeta, eccAlgorithm, mkmMeta, platformBackend, standardPlugin } from 'dimplugins';
import { Address, defineMeta, definePlugin, DimError, EntityType, type MetaDefinition, type MetaSource } from 'mkm';
import { checkMeta } from '../../src/index.ts';
import { spoiled, testWrong, type Wrong } from '../wrong-definitions.ts';

const networks: readonly number[] = [EntityType.USER, EntityType.GROUP];
const samples = { plugins: [standardPlugin()], algorithm: 'ECC', networks, refusedAlgorithms: ['RSA'] };

function refuseRsa({ algorithm }: { readonly algorithm: string }): void {
  if (algorithm === 'RSA') throw new DimError('INPUT_KEY', 'must not be of RSA');
}

/** A type that is right for the samples: with a name, and for users and groups alone. */
const named: MetaDefinition = {
  ...mkmMeta(),
  checkKey: refuseRsa,
  address: (source, network) => (networks.includes(network) ? mkmMeta().address(source, network) : undefined),
};
/** The same without a name. */
const nameless: MetaDefinition = {
  ...btcMeta(),
  checkKey: refuseRsa,
  address: (source, network) => (networks.includes(network) ? btcMeta().address(source, network) : undefined),
};
const withAddress = (address: (source: MetaSource, network: number) => unknown, base = named): MetaDefinition => ({
  ...base,
  address: (source, network) => (networks.includes(network) ? (address(source, network) as Address) : undefined),
});
let count = 0;

const wrong: readonly Wrong<MetaDefinition>[] = [
  {
    what: 'a type that is a word',
    definition: { ...named, type: 'MINE' },
    rules: ['the type is a code in decimal digits'],
    received: '"MINE"',
  },
  {
    what: 'a name that is a number',
    definition: { ...named, name: '77' },
    rules: ['the name of the type is a word'],
    received: '"77"',
  },
  {
    what: 'a name that no peer may write',
    definition: { ...named, name: 'm'.repeat(40) },
    rules: ['a meta whose type is written as a word or as a number is the same'],
  },
  {
    what: 'a seed that is neither',
    definition: { ...named, seed: 'optional' as 'required' },
    rules: [
      'a seed is required or absent',
      'a meta whose seed is not as the definition says is refused',
      'a meta whose fingerprint is not as the definition says is refused',
    ],
  },
  {
    what: 'a check that refuses all keys',
    definition: {
      ...named,
      checkKey() {
        throw new TypeError('curve is undefined');
      },
    },
    rules: ['a meta is made of a private key', 'a meta is made of another private key'],
    received: 'TypeError: curve is undefined',
  },
  {
    what: 'no address at all',
    definition: withAddress(() => undefined),
    rules: ['it gives an address for each of its networks, with that network in it'],
    received: 'undefined for the network 0; undefined for the network 1',
  },
  {
    what: 'text for an address',
    definition: withAddress(() => 'mine'),
    rules: ['it gives an address for each of its networks, with that network in it'],
    received: '"mine" for the network 0; "mine" for the network 1',
  },
  {
    what: 'one network for all',
    definition: withAddress(({ fingerprint }) => bitcoinStyleAddress(fingerprint ?? new Uint8Array(), 0)),
    rules: [
      'it gives an address for each of its networks, with that network in it',
      'it gives the same address each time, and each network its own',
    ],
  },
  {
    what: 'addresses for networks of others',
    definition: mkmMeta(),
    rules: ['it gives no address for any other network'],
    received:
      'Address with text, kind, network, type, canonical for the network 2; Address with text, kind, network, type, canonical for the network 3; Address with text, kind, network, type, canonical for the network 4; and 251 more',
  },
  {
    what: 'another address each time',
    definition: withAddress((_, network) => bitcoinStyleAddress(Uint8Array.of((count += 1)), network)),
    rules: [
      'it gives the same address each time, and each network its own',
      'a meta belongs to each ID that it gives, at any terminal',
      'a meta that was written and read gives the same IDs',
    ],
  },
  {
    what: 'an address that nobody reads',
    definition: withAddress((_, network) => new Address({ text: `mine-${network}`, kind: 'mine', network })),
    rules: ['an ID that was written is read again as it was'],
    received: 'DimError UNSUPPORTED_ADDRESS: no plugin reads an address of this form',
  },
  ...[named, nameless].map((base) => ({
    what: `one address for all keys, ${base.name}`,
    definition: withAddress((_, network) => bitcoinStyleAddress(new Uint8Array(1), network), base),
    rules:
      base === named
        ? [
            'a meta belongs to no ID of another key or of another name',
            'the meta of another key does not belong to its IDs',
          ]
        : ['a meta with the key of another does not belong to its IDs'],
  })),
  {
    what: 'an address that needs a fingerprint of one length',
    definition: withAddress(({ fingerprint = new Uint8Array() }, network) => {
      if (fingerprint.length < 60) throw new RangeError('too short');
      return bitcoinStyleAddress(fingerprint, network);
    }),
    rules: ['a meta with a fingerprint of one byte does not belong to its IDs'],
    received: 'RangeError: too short',
  },
  {
    what: 'a check that takes a key twice, and then no more',
    definition: (() => {
      let calls = 0;
      return {
        ...named,
        checkKey() {
          calls += 1;
          if (calls % 3 === 0) throw new DimError('INPUT_KEY', 'was seen before');
        },
      };
    })(),
    rules: ['a meta that was written is read'],
    received: 'DimError INPUT_KEY at key: was seen before',
  },
  {
    what: 'a check that relies on a field that need not be there',
    definition: {
      ...named,
      checkKey({ algorithm, fields }) {
        refuseRsa({ algorithm });
        void (fields['curve'] as string).length;
      },
    },
    rules: ['a meta whose key is without curve ends with a DimError and its path, if with an error'],
    received: "TypeError: Cannot read properties of undefined (reading 'length')",
  },
  {
    what: 'a seed without which there is no address',
    definition: {
      ...named,
      address: (source, network) => {
        const { seed } = source as MetaSource & { readonly seed: string };
        if (seed === 'x') throw new TypeError('no address for x');
        return named.address(source, network);
      },
    },
    rules: ['a meta with seed = "x" ends with a DimError and its path, if with an error'],
    received: 'TypeError: no address for x',
  },
  {
    what: 'a check that fails for some keys',
    definition: {
      ...named,
      checkKey({ algorithm, fields }) {
        if (algorithm === 'RSA' || JSON.stringify(fields['unknown']) === '{}') throw new TypeError('no curve');
      },
    },
    rules: ['no meta is made of a key of RSA: it is INPUT_KEY', 'no meta with a key of RSA is read: it is INPUT_KEY'],
    received: 'TypeError: no curve',
  },
  {
    what: 'keys that it should refuse',
    definition: { ...named, checkKey: () => undefined },
    rules: ['no meta is made of a key of RSA: it is INPUT_KEY', 'no meta with a key of RSA is read: it is INPUT_KEY'],
    received: 'a meta',
  },
];

describe('checkMeta', () => {
  test.each([named, nameless])('a $name that is right keeps the contract', async (definition) => {
    expect((await checkMeta(definition, samples)).failures).toEqual([]);
  });

  testWrong(
    wrong,
    (definition) => checkMeta(definition, samples),
    [named, nameless],
    [
      'a context takes the definition',
      'a plugin generates private keys of',
      'the fingerprint of a new meta is verified',
      'a meta with the fingerprint ',
      'a meta with a fingerprint ',
    ],
  );

  test('a definition that another plugin has twice is told of', async () => {
    const plugins = [standardPlugin(), standardPlugin()];
    const { failures } = await checkMeta(named, { ...samples, plugins });
    expect(failures).toMatchObject([
      { rule: 'a context takes the definition', received: expect.stringContaining('DimError USAGE_DUPLICATE') },
    ]);
  });

  test('what goes wrong with the keys is told, too', async () => {
    const ecc = eccAlgorithm(platformBackend);
    const verifying = (answer: boolean) =>
      definePlugin(
        'keys that answer one thing',
        [
          {
            ...ecc,
            publicKey: { read: (fields) => spoiled(ecc.publicKey?.read(fields) ?? {}, { verify: () => answer }) },
          } as typeof ecc,
        ],
        { replace: true },
      );
    // Addresses over the name alone, so that nothing but the signature binds the key.
    const seedOnly = defineMeta({
      ...named,
      address: (_, network) => named.address({ publicKey: _.publicKey, fingerprint: Uint8Array.of(1) }, network),
    });
    const rulesOf = async (answer: boolean) => {
      const { failures } = await checkMeta(seedOnly, { ...samples, plugins: [standardPlugin(), verifying(answer)] });
      return failures.map(({ rule }) => rule);
    };
    expect(await rulesOf(false)).toContain('the fingerprint of a new meta is verified');
    expect(await rulesOf(true)).toEqual(
      expect.arrayContaining([
        'a meta with the key of another does not belong to its IDs',
        'a meta with the fingerprint of another does not belong to its IDs',
        'a meta with a fingerprint with its first byte changed does not belong to its IDs',
      ]),
    );
  });

  test('samples without keys or addresses are told of', async () => {
    const { failures } = await checkMeta(named, { ...samples, plugins: [] });
    expect(failures).toEqual([
      {
        rule: 'a plugin generates private keys of ECC',
        where: 'the samples',
        expected: 'no error',
        received: 'DimError UNSUPPORTED_ALGORITHM: no plugin has ECC for private keys',
      },
    ]);
  });
});
