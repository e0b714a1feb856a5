/** What the core relies on in a kind of address. */
import { Address, type AddressDefinition } from 'dkd';
import { Contract, refusal, type ContractReport } from './contract-report.ts';

/** Texts to check a kind of address with. */
export interface AddressSamples {
  /** Addresses of this kind. */
  readonly valid: readonly string[];
  /** Texts that look like this kind and are wrong: a changed checksum, one letter more, … */
  readonly invalid: readonly string[];
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
 */
export async function checkAddress(definition: AddressDefinition, samples: AddressSamples): Promise<ContractReport> {
  const contract = new Contract();
  await contract.expect(
    'there are valid and invalid samples',
    () => samples.valid.length > 0 && samples.invalid.length > 0,
  );
  for (const text of samples.valid) {
    await contract.expect(`${text} is read, and written as it came`, () => {
      const address = definition.parse(text);
      return address instanceof Address && address.text === text && address.toString() === text;
    });
    await contract.expect(`${text} has the definition's kind and a byte for its network`, () => {
      const address = definition.parse(text);
      return (
        address?.kind === definition.name &&
        Number.isInteger(address.network) &&
        address.network >= 0 &&
        address.network <= 0xff
      );
    });
    await contract.expect(`${text} equals itself and no other sample`, () => {
      const address = definition.parse(text);
      const others = samples.valid.filter((other) => other !== text).map((other) => definition.parse(other));
      return (
        address !== undefined &&
        address.equals(definition.parse(text) ?? address) &&
        others.every(
          (other) => other !== undefined && (!other.equals(address) || other.canonical === address.canonical),
        )
      );
    });
    await contract.expect(`${text} fits into an ID`, () => !/[@/\s]/.test(text) && text.length <= 128);
  }
  for (const text of samples.invalid) {
    await contract.expect(`${text} is refused with a DimError, or left to others`, async () => {
      let address: Address | undefined;
      const outcome = await refusal(() => (address = definition.parse(text)));
      return outcome === 'refused' || (outcome === 'accepted' && address === undefined);
    });
  }
  for (const { kind, text } of FOREIGN) {
    if (kind === definition.name) continue;
    await contract.expect(`${text} is left to its own definition`, () => definition.parse(text) === undefined);
  }
  for (const text of GARBAGE) {
    await contract.expectOnlyDimErrors(`${JSON.stringify(text.slice(0, 20))} ends with a DimError, if with any`, () =>
      definition.parse(text),
    );
  }
  return contract.report();
}
