/** That what is secret of a key is to be had in one place alone: in its map, from whoever means to save it. */
import type { Awaitable, JsonMap, Key } from 'mkm';
import { copyJsonMap } from 'mkm/extend';
import type { Contract } from '../report/contract.ts';
import { outcomeOf } from '../report/outcome.ts';
import { allOf, isWrittenAs, verdict, type Verdict } from '../report/verdict.ts';
import { placeOfSecret, secretsOf } from './secret-places.ts';

/** The keys of a definition, in words. */
const WORDS = {
  publicKey: 'a public key',
  privateKey: 'a private key',
  encryptKey: 'a key that encrypts',
  decryptKey: 'a key that decrypts',
  symmetricKey: 'a symmetric key',
} as const;

/** A key, and its name in a definition. */
export interface NamedKey {
  readonly name: keyof typeof WORDS;
  readonly key: Key;
}

/** Whether `toJSON` gives the map that `fields` has: the one is saved, and the other is what programs read. */
export async function checkToJson(contract: Contract, keys: readonly NamedKey[]): Promise<void> {
  for (const { name, key } of keys) {
    await contract.rule(`${name}.toJSON`, `${WORDS[name]} is written as its map: toJSON gives what fields is`, () =>
      isWrittenAs(key, key.fields),
    );
  }
}

/**
 * Whether a public key has nothing of the private one.
 * @param opens whether a private key that was read from the public map does what only the private one should
 */
export async function checkPublicMap(
  contract: Contract,
  secret: NamedKey,
  shown: NamedKey & { readonly key: { readonly data?: Uint8Array } },
  opens: (map: JsonMap) => Awaitable<boolean>,
): Promise<void> {
  const { name, key } = shown;
  await contract.rule(
    `${name}.fields, ${name}.toJSON`,
    `${WORDS[name]} holds no secret: nothing of ${WORDS[secret.name]}`,
    async () => {
      const secrets = secretsOf(secret.key.fields, key);
      const written = jsonOf(key);
      const places = Object.entries({
        [`${name}.toJSON()`]: written,
        [`${name}.fields`]: key.fields,
        [name]: { ...key },
      });
      const found = places.flatMap(([place, value]) => {
        const path = placeOfSecret(value, secrets);
        return path === undefined ? [] : [path === '' ? place : `${place}.${path}`];
      });
      const expected = 'a public map, which anybody may see';
      if (found.length > 0) return { expected, received: `the secret of ${WORDS[secret.name]} in ${found.join(', ')}` };
      const outcome = await outcomeOf(() => opens(copyJsonMap(written as object)));
      const isOpened = outcome.ended === 'given' && outcome.value;
      return verdict(!isOpened, expected, `a map that is read as ${WORDS[secret.name]}, the right one`);
    },
  );
}

/**
 * Whether the secret of a private or symmetric key is out of sight.
 * @param read the key of a map, as it is read
 * @param shown its public key, if it has one
 */
export async function checkSecrecy(
  contract: Contract,
  { name, key }: NamedKey,
  read: ((fields: JsonMap) => Key) | undefined,
  shown?: Key & { readonly data?: Uint8Array },
): Promise<void> {
  await contract.rule(name, `${WORDS[name]} keeps its secret where no log and no clone shows it`, async () => {
    const secrets = secretsOf(key.fields, shown);
    const again = await outcomeOf(() => read?.(copyJsonMap(key.fields)));
    // One that is not read is told of by other rules.
    const other = again.ended === 'given' ? again.value : undefined;
    const isHidden = (of: Key | undefined, what: string): Verdict => {
      const place = of && (placeOfSecret(of, secrets) ?? (placeOfSecret(textOf(of), secrets) && 'toString()'));
      return verdict(
        place === undefined,
        'the secret in private fields (#…) alone, with fields as a getter of the class',
        `the secret in ${place ?? ''} of a key that was ${what}`,
      );
    };
    return allOf([isHidden(key, 'generated'), isHidden(other, 'read')]);
  });
}

function jsonOf(key: Key): unknown {
  return JSON.parse(JSON.stringify(key) ?? '{}');
}

/** How a key shows where it is put into a text. */
function textOf(key: Key): readonly string[] {
  const shown: unknown = key;
  // An object may have no text.
  return typeof Reflect.get(key, 'toString') === 'function' ? [String(shown)] : [];
}
