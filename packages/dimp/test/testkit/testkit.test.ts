import { runInNewContext } from 'node:vm';
import { describe, expect, test } from '@jest/globals';
import {
  aesAlgorithm,
  bitcoinStyleDefinition,
  eccAlgorithm,
  ethereumStyleDefinition,
  plainAlgorithm,
  platformBackend,
  rsaAlgorithm,
} from 'dimplugins';
import {
  Address,
  Content,
  defineAddress,
  defineContent,
  definePlugin,
  type KeyAlgorithmDefinition,
  type PrivateKey,
} from '../../src/index.ts';
import { textOf } from '../../src/extend.ts';
import { assertContract, checkAddress, checkContent, checkKeyAlgorithm } from '../../src/testkit/index.ts';
import { dim } from '../context.ts';

describe('checkKeyAlgorithm', () => {
  test.each([
    rsaAlgorithm(platformBackend),
    eccAlgorithm(platformBackend),
    aesAlgorithm(platformBackend),
    plainAlgorithm(),
  ])('$algorithm meets the contract', async (definition) => {
    const report = await checkKeyAlgorithm(definition);
    expect(report.failures).toEqual([]);
    expect(report.checked.length).toBeGreaterThan(10);
  });

  test('finds a key that verifies anything, one that cannot be read back, and one that throws', async () => {
    const ecc = eccAlgorithm(platformBackend);
    const broken: KeyAlgorithmDefinition = {
      ...ecc,
      publicKey: {
        read(fields) {
          if (fields['data'] === 5) throw new TypeError('bug');
          const key = ecc.publicKey?.read(fields);
          if (key === undefined) throw new Error('no key');
          return { ...key, algorithm: key.algorithm, fields, data: key.data, verify: () => true, toJSON: () => ({}) };
        },
      },
    };
    const { failures } = await checkKeyAlgorithm(broken);
    const expectations = failures.map(({ expectation }) => expectation);
    expect(expectations).toContain('a public key that was written and read is the same key, and keeps unknown fields');
    expect(expectations.some((expectation) => expectation.startsWith('reading {"data":5} as a public key'))).toBe(true);
    expect(() => assertContract({ checked: [], failures })).toThrow('is the same key');
    expect(failures).toContainEqual({
      expectation: 'reading {"data":5} as a public key ends with a DimError, if with any',
      reason: 'it threw TypeError: bug',
    });
  });

  test('takes signatures of another realm, as under a test runner with a sandbox', async () => {
    const ecc = eccAlgorithm(platformBackend);
    const foreign = (bytes: Uint8Array): Uint8Array =>
      (runInNewContext('bytes => Uint8Array.from(bytes)') as (bytes: Uint8Array) => Uint8Array)(bytes);
    const sandboxed = (key: PrivateKey): PrivateKey => ({
      algorithm: key.algorithm,
      fields: key.fields,
      publicKey: key.publicKey,
      sign: async (message) => foreign(await key.sign(message)),
      toJSON: () => key.toJSON(),
    });
    const { privateKey } = ecc;
    if (privateKey === undefined) throw new Error('it has one');
    const report = await checkKeyAlgorithm({
      ...ecc,
      privateKey: {
        read: (fields) => sandboxed(privateKey.read(fields)),
        generate: async (options) => sandboxed(await privateKey.generate(options)),
      },
    });
    expect(report.failures).toEqual([]);
  });
});

describe('checkAddress', () => {
  const bitcoin = {
    valid: ['126LCHc9Qcvp928puqyS3dphrDNrN4GzTc', '1NRffaQYmXvqpDsRLw9BYnkEAdLuDpPCNk'],
    invalid: ['126LCHc9Qcvp928puqyS3dphrDNrN4GzT1'],
  };

  test('a definition that takes foreign texts, or loses the text, is found', async () => {
    const greedy = defineAddress({
      name: 'greedy',
      parse: (text) => new Address({ text: text.toLowerCase(), kind: 'greedy', network: 0 }),
    });
    const { failures } = await checkAddress(greedy, { valid: ['G1'], invalid: ['G2'] });
    expect(failures.map(({ expectation }) => expectation)).toEqual(
      expect.arrayContaining([
        'G1 is read, and written as it came',
        'G2 is refused with a DimError, or left to others',
        'anywhere is left to its own definition',
      ]),
    );
  });

  test('the standard kinds meet the contract', async () => {
    assertContract(await checkAddress(bitcoinStyleDefinition(), bitcoin));
    const ethereum = { valid: ['0x5573970f81CDDdaf6A764EAC18Cc6398f8F11354'], invalid: ['0xzz'] };
    assertContract(await checkAddress(ethereumStyleDefinition(), ethereum));
  });

  test('a kind that takes the texts of a standard one is found', async () => {
    const thief = { ...bitcoinStyleDefinition(), name: 'MINE' };
    const { failures } = await checkAddress(thief, bitcoin);
    expect(failures.map(({ expectation }) => expectation)).toContain(
      '126LCHc9Qcvp928puqyS3dphrDNrN4GzTc is left to its own definition',
    );
  });
});

describe('checkContent', () => {
  class Poll extends Content {
    readonly kind = 'poll';
    readonly question: string = textOf(this.fields, 'question');
  }
  const sample = { type: '1001', sn: 1, time: 1700000000.5, question: 'Tea?' };

  test('a sound content meets the contract', async () => {
    const polls = dim.extend(definePlugin('polls', [defineContent({ type: '1001', kind: 'poll', class: Poll })]));
    assertContract(await checkContent(polls, 'poll', [sample]));
  });

  test('a content that loses fields, or throws something else than a DimError, is found', async () => {
    const read = (init: ConstructorParameters<typeof Poll>[0]): Poll => {
      const question = init.fields['question'] as string;
      return new Poll({ ...init, fields: { type: init.type, question: question.trim() } });
    };
    const broken = dim.extend(definePlugin('broken', [defineContent({ type: '1001', kind: 'poll', read })]));
    const { failures } = await checkContent(broken, 'poll', [sample]);
    expect(failures.map(({ expectation }) => expectation)).toContain(
      'sample 0 is written without losing a field, unknown ones among them',
    );
  });
});
