/** What the core relies on in a kind of address. */
import type { AddressDefinition } from 'mkm';
import { Contract } from '../report/contract.ts';
import type { ContractReport } from '../report/contract-report.ts';
import { outcomeOf } from '../report/outcome.ts';
import { errorForm, shortForm } from '../report/short-form.ts';
import { allOf, isValue, verdict } from '../report/verdict.ts';
import { isAddress } from './is-address.ts';
import { checkLetterCase } from './letter-case.ts';

/** Texts to check a kind of address with. */
export interface AddressSamples {
  /** Addresses of this kind. */
  readonly valid: readonly string[];
  /** Texts that look like this kind and are wrong: a changed checksum, one letter more, … */
  readonly invalid: readonly string[];
  /**
   * Whether letters of another case may make another address, as in Base58 without a checksum. Otherwise they make the same
   * one, or none.
   */
  readonly isCaseSensitive?: boolean;
}

/** Addresses of the standard kinds, which any other kind must leave to their own definitions. */
const FOREIGN: readonly { readonly kind: string; readonly text: string }[] = [
  { kind: 'BTC', text: '126LCHc9Qcvp928puqyS3dphrDNrN4GzTc' },
  { kind: 'ETH', text: '0x5573970f81CDDdaf6A764EAC18Cc6398f8F11354' },
  { kind: 'broadcast', text: 'anywhere' },
  { kind: 'broadcast', text: 'everywhere' },
];
const GARBAGE = ['', ' ', '@', '/', '__proto__', 'constructor', '\ud800', '0x', '1', 'z'.repeat(256)];

/**
 * Checks a kind of address with samples of it.
 * @returns a report; see `assertContract`
 *
 * @example
 * ```ts
 * import { assertContract, checkAddress } from 'dimtestkit';
 * import { bitcoinStyleDefinition } from 'dimplugins';
 *
 * const valid = ['1NRffaQYmXvqpDsRLw9BYnkEAdLuDpPCNk'];
 * assertContract(await checkAddress(bitcoinStyleDefinition(), { valid, invalid: ['1NRffaQYmXvqpDsRLw9BYnkEAdLuDpPCN1'] }));
 * ```
 */
export async function checkAddress(definition: AddressDefinition, samples: AddressSamples): Promise<ContractReport> {
  const contract = new Contract(`address ${definition.name}`);
  const where = 'parse';
  await contract.rule('the samples', 'there are valid and invalid samples', () => {
    const { valid, invalid } = samples;
    return verdict(
      valid.length > 0 && invalid.length > 0,
      'one of each, at least',
      `${valid.length} valid and ${invalid.length} invalid samples`,
    );
  });
  for (const text of samples.valid) {
    await contract.rule(where, `${shortForm(text)} is read, and written as it came`, () => {
      const address = definition.parse(text);
      if (!isAddress(address)) return { expected: 'an Address', received: shortForm(address) };
      return allOf([isValue(address.text, text), isValue(address.toString(), text)]);
    });
    await contract.rule(where, `${shortForm(text)} has the definition's kind and a byte for its network`, () => {
      const address: unknown = definition.parse(text);
      if (!isAddress(address)) return { expected: 'an Address', received: shortForm(address) };
      const { kind, network } = address;
      const isByte = Number.isInteger(network) && network >= 0 && network <= 0xff;
      return allOf([
        isValue(kind, definition.name),
        verdict(isByte, 'a network of 0 to 255', `the network ${shortForm(network)}`),
      ]);
    });
    await contract.rule(
      where,
      `${shortForm(text)} equals itself, and no other sample but one with the same letters`,
      () => {
        const address = definition.parse(text);
        const again = definition.parse(text);
        if (!isAddress(address) || !isAddress(again)) return { expected: 'an Address', received: shortForm(address) };
        const taken = samples.valid.filter((sample) => {
          // Upper and lower case may be two spellings of one address.
          if (sample.toLowerCase() === text.toLowerCase()) return false;
          const other = definition.parse(sample);
          return isAddress(other) && address.equals(other);
        });
        const isEqual = address.equals(again);
        return allOf([
          verdict(isEqual, 'an address that equals itself', 'one that does not'),
          verdict(taken.length === 0, 'an address of its own', `one that equals ${taken.join(', ')}`),
        ]);
      },
    );
    await checkLetterCase(contract, definition, text, samples);
    await contract.rule('the samples', `${shortForm(text)} fits into an ID`, () =>
      verdict(
        !/[@/\s]/.test(text) && text.length <= 128,
        'at most 128 characters, without @, / and blanks',
        `${text.length} characters, ${shortForm(text)}`,
      ),
    );
  }
  for (const text of samples.invalid) {
    await contract.rule(where, `${shortForm(text)} is refused with a DimError, or left to others`, async () => {
      const outcome = await outcomeOf(() => definition.parse(text));
      if (outcome.ended === 'refused') return true;
      if (outcome.ended === 'failed')
        return { expected: 'a DimError that blames the text, or undefined', received: errorForm(outcome.error) };
      return verdict(
        outcome.value === undefined,
        'a DimError, or undefined',
        isAddress(outcome.value) ? 'an address' : shortForm(outcome.value),
      );
    });
  }
  for (const { kind, text } of FOREIGN) {
    if (kind === definition.name) continue;
    await contract.rule(where, `${shortForm(text)} is left to its own definition`, () =>
      isValue(definition.parse(text), undefined),
    );
  }
  for (const text of GARBAGE) {
    await contract.onlyDimErrors(where, `${shortForm(text.slice(0, 20))} ends with a DimError, if with an error`, () =>
      definition.parse(text),
    );
  }
  return contract.report();
}
