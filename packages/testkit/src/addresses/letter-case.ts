/** Addresses in letters of another case: people write them so, and an ID must not become two by that. */
import type { Address, AddressDefinition } from 'mkm';
import type { Contract } from '../report/contract.ts';
import { outcomeOf } from '../report/outcome.ts';
import { errorForm, shortForm } from '../report/short-form.ts';
import { allOf, firstOf, verdict, type Verdict } from '../report/verdict.ts';
import { isAddress } from './is-address.ts';

/** Whether an address whose letters change their case is the same, or refused, or left to others. */
export async function checkLetterCase(
  contract: Contract,
  definition: AddressDefinition,
  text: string,
  { isCaseSensitive = false }: { readonly isCaseSensitive?: boolean },
): Promise<void> {
  const what = `${shortForm(text)} with letters of another case`;
  const rule = isCaseSensitive ? 'is read as it is written, if at all' : 'is the same address, or none';
  await contract.rule('parse', `${what} ${rule}`, async () => {
    const own = await outcomeOf(() => definition.parse(text));
    // One that is not read is told of by other rules.
    if (own.ended !== 'given' || !isAddress(own.value)) return true;
    const address = own.value;
    return firstOf(spellingsOf(text), async (spelling) => {
      const outcome = await outcomeOf(() => definition.parse(spelling));
      if (outcome.ended === 'failed')
        return {
          expected: 'the same address, undefined or a DimError',
          received: `${errorForm(outcome.error)} for ${spelling}`,
        };
      const other: unknown = outcome.ended === 'given' ? outcome.value : undefined;
      if (other === undefined) return true;
      if (!isAddress(other))
        return { expected: 'an Address, or undefined', received: `${shortForm(other)} for ${spelling}` };
      return allOf([
        verdict(other.text === spelling, 'the text that was read', `${shortForm(other.text)} for ${spelling}`),
        isCaseSensitive && !address.equals(other) ? isAnother(address, other) : isOne(address, other),
      ]);
    });
  });
}

/** All parts of two spellings of one address say so. */
function isOne(address: Address, other: Address): Verdict {
  const where = `for ${other.text}`;
  return allOf([
    verdict(
      address.equals(other) && other.equals(address),
      `an address that equals ${address.text}, and the other way round`,
      `one that does not, ${where}`,
    ),
    verdict(
      other.canonical === address.canonical,
      `the canonical form ${address.canonical}`,
      `the canonical form ${other.canonical} ${where}`,
    ),
    verdict(
      other.network === address.network,
      `the network ${address.network}`,
      `the network ${other.network} ${where}`,
    ),
  ]);
}

/** Two addresses of the same letters that differ must have two forms: IDs are told apart by these. */
function isAnother(address: Address, other: Address): Verdict {
  return verdict(
    !other.equals(address) && other.canonical !== address.canonical,
    `an address that differs from ${address.text} in its canonical form, too`,
    `the canonical form ${other.canonical} for ${other.text}`,
  );
}

/** A text in other letter cases: all upper, all lower, all the other way, and one letter alone. */
function spellingsOf(text: string): readonly string[] {
  const other = (letter: string) => (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase());
  const changed = (index: number) => text.slice(0, index) + other(text.charAt(index)) + text.slice(index + 1);
  const letters = [...text.matchAll(/[a-z]/gi)].map(({ index }) => index);
  const spellings = [
    text.toUpperCase(),
    text.toLowerCase(),
    // What stands before the first digit is often a prefix, and the same in all spellings.
    text.replace(/\d.*/, (rest) => rest.toUpperCase()),
    text.replaceAll(/[a-z]/gi, other),
    ...letters.map(changed),
  ];
  return [...new Set(spellings)].filter((spelling) => spelling !== text);
}
