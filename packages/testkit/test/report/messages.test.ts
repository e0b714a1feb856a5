/** What a person reads where a contract is broken: whole messages, as they are thrown. */
import { describe, expect, test } from '@jest/globals';
import { createDim, MemoryStore } from 'dimp';
import { bitcoinStyleDefinition, mkmMeta, standardPlugin } from 'dimplugins';
import { Content, defineContent, definePlugin } from 'dkd';
import { defineDocument, Document, type AddressDefinition, type MetaDefinition } from 'mkm';
import {
  assertContract,
  checkAddress,
  checkDocument,
  checkMeta,
  ContractError,
  type ContractReport,
} from '../../src/index.ts';
import { checkContent } from '../../src/contents/index.ts';
import { checkStore } from '../../src/store/index.ts';
import { Contract } from '../../src/report/contract.ts';
import { errorForm, shortForm } from '../../src/report/short-form.ts';

/** The message, line by line, with the first failure alone. */
function messageOf(report: ContractReport): readonly string[] {
  try {
    assertContract({ ...report, failures: report.failures.slice(0, 1) });
  } catch (error) {
    if (error instanceof ContractError) return error.message.replace(/of \d+ rules/, 'of … rules').split('\n');
  }
  return [];
}

describe('a message', () => {
  test('of an address', async () => {
    const definition: AddressDefinition = {
      ...bitcoinStyleDefinition(),
      parse: (text) => bitcoinStyleDefinition().parse(text.trim()),
    };
    const samples = { valid: ['1NRffaQYmXvqpDsRLw9BYnkEAdLuDpPCNk'], invalid: [' 1NRffaQYmXvqpDsRLw9BYnkEAdLuDpPCNk'] };
    expect(messageOf(await checkAddress(definition, samples))).toEqual([
      'address BTC breaks 1 of … rules',
      '',
      '1. " 1NRffaQYmXvqpDsRLw9BYnkEAdLuDpPCNk" is refused with a DimError, or left to others',
      '   where:    parse',
      '   expected: a DimError, or undefined',
      '   received: an address',
    ]);
  });

  test('of a meta', async () => {
    const definition: MetaDefinition = { ...mkmMeta(), address: (source) => mkmMeta().address(source, 0) };
    const samples = { plugins: [standardPlugin()], algorithm: 'ECC', networks: [0, 1] };
    expect(messageOf(await checkMeta(definition, samples))).toEqual([
      'meta MKM breaks 1 of … rules',
      '',
      '1. it gives an address for each of its networks, with that network in it',
      '   where:    address',
      '   expected: an Address with the network byte that was asked for',
      '   received: network 0 for the network 1',
    ]);
  });

  test('of a document', async () => {
    class Badge extends Document {
      readonly level = (this.properties['level'] as string).toUpperCase();
    }
    const report = await checkDocument(defineDocument({ type: 'badge', class: Badge }), {
      properties: [{ level: 'gold' }],
    });
    expect(messageOf(report)).toEqual([
      'document badge breaks 1 of … rules',
      '',
      '1. document 0 whose owner signed it without level ends with a DimError and the path in data, if with an error',
      '   where:    the class',
      '   expected: a DimError, or no error',
      "   received: TypeError: Cannot read properties of undefined (reading 'toUpperCase')",
    ]);
  });

  test('of a content', async () => {
    class Poll extends Content {
      readonly kind = 'poll';
      readonly question = (this.fields['question'] as string).trim();
    }
    const plugins = [
      standardPlugin(),
      definePlugin('polls', [defineContent({ type: '1001', kind: 'poll', class: Poll })]),
    ];
    const report = await checkContent(createDim({ plugins }), 'poll', [{ type: '1001', sn: 1, question: 'Tea?' }]);
    expect(messageOf(report)).toEqual([
      'content poll breaks 1 of … rules',
      '',
      '1. sample 0 without question ends with a DimError, if with an error',
      '   where:    the class',
      '   expected: a DimError, or no error',
      "   received: TypeError: Cannot read properties of undefined (reading 'trim')",
    ]);
  });

  test('of a store', async () => {
    const dim = createDim({ plugins: [standardPlugin()] });
    const report = await checkStore({ dim, open: () => new MemoryStore(), reopen: () => new MemoryStore() });
    expect(messageOf(report)).toEqual([
      'store breaks 1 of … rules',
      '',
      '1. what was committed is there after a restart',
      '   where:    reopen',
      '   expected: meta; documents; private keys',
      '   received: no meta; no documents; no private keys',
    ]);
  });

  test('says nothing where nothing is broken', () => {
    expect(messageOf({ subject: 'x', checked: ['a'], failures: [] })).toEqual([]);
  });
});

describe('a short form', () => {
  test.each<[unknown, string]>([
    ['text', '"text"'],
    [undefined, 'undefined'],
    [null, 'null'],
    [1n, '1'],
    [Symbol('x'), 'Symbol(x)'],
    [() => 1, 'a function'],
    [new Uint8Array(3), '3 bytes'],
    [['secret'], 'a list of 1'],
    [{ data: 'secret' }, 'an object with data'],
    [{}, 'an object without properties'],
    [Object.create(null), 'an object without properties'],
    [new Map(), 'Map without properties'],
  ])('of %p', (value, text) => {
    expect(shortForm(value)).toBe(text);
  });

  test('of what is thrown and no error', () => {
    expect(errorForm('no')).toBe('"no", which is no error');
    expect(errorForm(undefined)).toBe('undefined, which is no error');
  });
});

test('secrets are hidden in whatever form an error shows them', async () => {
  const contract = new Contract('x');
  const data = '-----BEGIN KEY-----\nabcdefghijklmnop\nqrstuvwxyz012345\n-----END KEY-----';
  contract.keepSecret({ algorithm: 'algorithm of a long name', nested: { data }, bits: 256 });
  for (const text of [
    data,
    JSON.stringify(data),
    data.replaceAll('\n', ' '),
    'abcdefghijklmnop',
    `${'x'.repeat(590)}${data}`,
  ])
    await contract.rule('where', 'rule', () => {
      throw new Error(`algorithm of a long name: ${text}`);
    });
  const shown = contract.report().failures.map(({ received }) => received);
  expect(shown.slice(0, 4)).toEqual([
    'Error: algorithm of a long name: (secret)',
    'Error: algorithm of a long name: "(secret)"',
    'Error: algorithm of a long name: (secret)',
    'Error: algorithm of a long name: (secret)',
  ]);
  expect(shown[4]).toHaveLength(601);
  expect(JSON.stringify(shown)).not.toMatch(/abcdefgh|qrstuvwx/);
});
