/** The contract of addresses: the standard kinds keep it, and what is wrong with others is told. */
import { describe, expect, test } from '@jest/globals';
import { bitcoinStyleDefinition, ethereumStyleDefinition } from 'dimplugins';
import { Address, defineAddress, DimError, type AddressDefinition } from 'mkm';
import { assertContract, checkAddress } from '../../src/index.ts';
import { spoiled, testWrong } from '../wrong-definitions.ts';

const samples = { valid: ['mine-1', 'mine-2', 'MINE-2'], invalid: ['mine-x'] };

/** A kind that is right, and can be made wrong. */
function mine(change: (address: Address) => unknown = (address) => address): AddressDefinition {
  return defineAddress({
    name: 'mine',
    parse(text) {
      if (!/^mine-/i.test(text)) return undefined;
      if (!/^mine-\d$/i.test(text)) throw new DimError('INPUT_FORMAT', 'has no digit');
      const address = new Address({ text, kind: 'mine', network: Number(text.at(-1)), canonical: text.toLowerCase() });
      return change(address) as Address;
    },
  });
}
const parsing = (parse: (text: string) => Address | undefined) => ({ ...mine(), parse });
const greedy = (text: string) => new Address({ text, kind: 'mine', network: 1 });

describe('checkAddress', () => {
  test('the standard kinds keep the contract', async () => {
    const bitcoin = {
      valid: ['126LCHc9Qcvp928puqyS3dphrDNrN4GzTc', '1NRffaQYmXvqpDsRLw9BYnkEAdLuDpPCNk'],
      invalid: ['126LCHc9Qcvp928puqyS3dphrDNrN4GzT1'],
    };
    assertContract(await checkAddress(bitcoinStyleDefinition(), bitcoin));
    const ethereum = {
      valid: ['0x5573970f81CDDdaf6A764EAC18Cc6398f8F11354', '0x5573970f81cdddaf6a764eac18cc6398f8f11354'],
      invalid: ['0xzz'],
    };
    assertContract(await checkAddress(ethereumStyleDefinition(), ethereum));
    const thief = { ...bitcoinStyleDefinition(), name: 'MINE' };
    const { failures } = await checkAddress(thief, bitcoin);
    expect(failures.map(({ rule }) => rule)).toContain(
      '"126LCHc9Qcvp928puqyS3dphrDNrN4GzTc" is left to its own definition',
    );
  });

  test('letters of another case may make another address, where the samples say so', async () => {
    const sensitive = { ...samples, isCaseSensitive: true };
    const definition = mine(({ text, network }) => new Address({ text, kind: 'mine', network }));
    assertContract(await checkAddress(definition, sensitive));
    assertContract(await checkAddress(mine(), sensitive));
    const both = mine(({ text, network }) =>
      spoiled(new Address({ text, kind: 'mine', network, canonical: 'mine' }), {
        equals: (other: Address) => other.text === text,
      }),
    );
    const { failures } = await checkAddress(both, sensitive);
    expect(failures.map(({ rule }) => rule)).toContain(
      '"mine-1" with letters of another case is read as it is written, if at all',
    );
  });

  test('samples are needed, and such as an ID can have', async () => {
    const { failures } = await checkAddress(mine(), { valid: ['mine-1', 'mine 2'], invalid: [] });
    expect(failures).toEqual(
      expect.arrayContaining([
        {
          rule: 'there are valid and invalid samples',
          where: 'the samples',
          expected: 'one of each, at least',
          received: '2 valid and 0 invalid samples',
        },
        {
          rule: '"mine 2" fits into an ID',
          where: 'the samples',
          expected: 'at most 128 characters, without @, / and blanks',
          received: '6 characters, "mine 2"',
        },
      ]),
    );
  });

  testWrong(
    [
      {
        what: 'a kind that reads nothing',
        definition: parsing(() => undefined),
        rules: [
          '"mine-1" is read, and written as it came',
          '"mine-1" has the definition\'s kind',
          '"mine-1" equals itself',
        ],
        received: 'undefined',
      },
      {
        what: 'a kind that changes the text',
        definition: mine(({ network }) => new Address({ text: 'mine', kind: 'mine', network })),
        rules: ['"mine-1" is read, and written as it came'],
        received: '"mine"',
      },
      {
        what: 'a network that is no byte',
        definition: mine(({ text }) => new Address({ text, kind: 'yours', network: 256 })),
        rules: ['"mine-1" has the definition\'s kind and a byte for its network'],
        received: '"yours"; the network 256',
      },
      {
        what: 'one form for all',
        definition: mine(({ text }) => new Address({ text, kind: 'mine', network: 1, canonical: 'mine' })),
        rules: ['"mine-1" equals itself, and no other sample but one with the same letters'],
        received: 'one that equals mine-2, MINE-2',
      },
      {
        what: 'an ID for each spelling',
        definition: mine(({ text, network }) => new Address({ text, kind: 'mine', network })),
        rules: ['"mine-1" with letters of another case is the same address, or none'],
      },
      {
        what: 'another text than the one that was read',
        definition: mine(({ text, network }) => new Address({ text: text.toLowerCase(), kind: 'mine', network })),
        rules: ['"mine-1" with letters of another case is the same address, or none'],
      },
      {
        what: 'a form of its own for each spelling of what is equal',
        definition: mine(({ text, network }) => {
          const address = new Address({ text, kind: 'mine', network });
          return spoiled(address, { equals: (other: Address) => other.text.toLowerCase() === text.toLowerCase() });
        }),
        rules: ['"mine-1" with letters of another case is the same address, or none'],
      },
      {
        what: 'a kind that is refused as if the caller were wrong',
        definition: parsing((text) => {
          if (text === 'mine-x') throw new DimError('USAGE_ARGUMENT', 'must have a digit');
          return mine().parse(text);
        }),
        rules: ['"mine-x" is refused with a DimError, or left to others'],
        received: 'DimError USAGE_ARGUMENT: must have a digit',
      },
      {
        what: 'a null where there is no address',
        definition: parsing((text) => (text === 'mine-x' ? (null as never) : mine().parse(text))),
        rules: ['"mine-x" is refused with a DimError, or left to others'],
        received: 'null',
      },
      {
        what: 'a kind that takes everything',
        definition: parsing(greedy),
        rules: ['"mine-x" is refused with a DimError, or left to others', '"anywhere" is left to its own definition'],
      },
      {
        what: 'a kind that throws what the platform throws',
        definition: parsing((text) => greedy(decodeURIComponent(encodeURIComponent(text)))),
        rules: ['"\\ud800" ends with a DimError, if with an error'],
        received: 'URIError: URI malformed',
      },
    ],
    (definition) => checkAddress(definition, samples),
    [],
  );
});
