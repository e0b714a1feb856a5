/** What the core relies on in a key algorithm. */
import type { JsonMap, Key, KeyAlgorithmDefinition } from 'mkm';
import { Contract } from '../report/contract.ts';
import type { ContractReport } from '../report/contract-report.ts';
import { verdict } from '../report/verdict.ts';
import { checkDecryptKey } from './decrypt-keys.ts';
import { checkKeyMaps } from './key-maps.ts';
import { checkSigningKeys } from './signing-keys.ts';
import { checkSymmetricKey } from './symmetric-keys.ts';

/**
 * Checks a key algorithm: generating, reading what was written, signing, verifying, encrypting, refusing.
 * @returns a report; see `assertContract`
 *
 * @example
 * ```ts
 * import { assertContract, checkKeyAlgorithm } from 'dimtestkit';
 * import { aesAlgorithm } from 'dimplugins';
 *
 * assertContract(await checkKeyAlgorithm(aesAlgorithm()));
 * ```
 */
export async function checkKeyAlgorithm(definition: KeyAlgorithmDefinition): Promise<ContractReport> {
  const contract = new Contract(`key algorithm ${definition.algorithm}`);
  const { publicKey, privateKey, encryptKey, decryptKey, symmetricKey } = definition;
  await contract.rule('the definition', 'it defines two keys that belong together, or a symmetric key', () => {
    const names = ['publicKey', 'privateKey', 'encryptKey', 'decryptKey', 'symmetricKey'] as const;
    const defined = names.filter((name) => definition[name] !== undefined);
    return verdict(
      (publicKey === undefined) === (privateKey === undefined) &&
        (encryptKey === undefined) === (decryptKey === undefined) &&
        defined.length > 0,
      'publicKey with privateKey, encryptKey with decryptKey, or symmetricKey',
      defined.join(', ') || 'none of them',
    );
  });
  /** A new key, whose secret no report shows. */
  const generated = async <K extends Key>(name: string, what: string, generate: () => K | PromiseLike<K>) =>
    contract.obtain(`${name}.generate`, `it generates ${what}`, async () => {
      const key = await generate();
      contract.keepSecret(key.fields);
      return key;
    });
  const read: [name: string, read: ((fields: JsonMap) => unknown) | undefined, sample: Key | undefined][] = [];

  const signing = privateKey && (await generated('privateKey', 'a private key', () => privateKey.generate({})));
  if (signing) await checkSigningKeys(contract, definition, signing);
  read.push(['publicKey', publicKey && ((fields) => publicKey.read(fields)), signing?.publicKey]);
  read.push(['privateKey', privateKey && ((fields) => privateKey.read(fields)), signing]);

  const decrypting =
    decryptKey && (await generated('decryptKey', 'a key that decrypts', () => decryptKey.generate({})));
  if (decrypting) await checkDecryptKey(contract, definition, decrypting);
  read.push(['encryptKey', encryptKey && ((fields) => encryptKey.read(fields)), decrypting?.encryptKey]);
  read.push(['decryptKey', decryptKey && ((fields) => decryptKey.read(fields)), decrypting]);

  const symmetric =
    symmetricKey && (await generated('symmetricKey', 'a symmetric key', () => symmetricKey.generate({})));
  if (symmetric) await checkSymmetricKey(contract, definition, symmetric);
  read.push(['symmetricKey', symmetricKey && ((fields) => symmetricKey.read(fields)), symmetric]);

  for (const [name, reader, sample] of read)
    if (reader !== undefined) await checkKeyMaps(contract, definition.algorithm, name, reader, sample?.fields);
  return contract.report();
}
