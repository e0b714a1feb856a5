/** What the core relies on in keys that encrypt and decrypt short data: message keys for those who hold the private key. */
import type { Awaitable, DecryptKey, KeyAlgorithmDefinition } from 'mkm';
import { copyJsonMap } from 'mkm/extend';
import type { Contract } from '../report/contract.ts';
import { outcomeOf } from '../report/outcome.ts';
import { errorForm, isBytes, shortForm } from '../report/short-form.ts';
import { allOf, areBytes, isValue, isWrittenAs, verdict, type Verdict } from '../report/verdict.ts';
import { includesBytes, leavesAsTheyWere, MESSAGE, sameBytes, withBitFlipped } from './bytes.ts';
import { checkPublicMap, checkSecrecy, checkToJson } from './key-secrets.ts';

/** Keys that only encrypt and decrypt. */
export async function checkDecryptKey(
  contract: Contract,
  definition: KeyAlgorithmDefinition,
  key: DecryptKey,
): Promise<void> {
  const encryptKey = await contract.obtain(
    'decryptKey.encryptKey',
    'a key that decrypts has the one that encrypts to it',
    () => key.encryptKey,
  );
  if (encryptKey === undefined) return;
  await contract.rule('algorithm', 'the algorithm is named in the keys and their maps', () =>
    allOf(
      [key.algorithm, encryptKey.algorithm, key.fields['algorithm'], encryptKey.fields['algorithm']].map((name) =>
        isValue(name, definition.algorithm),
      ),
    ),
  );
  const secret = { name: 'decryptKey' as const, key };
  const shown = { name: 'encryptKey' as const, key: encryptKey };
  await checkToJson(contract, [shown, secret]);
  await checkPublicMap(contract, secret, shown, async (map) => {
    const plaintext = await definition.decryptKey?.read(map).decrypt(await encryptKey.encrypt(MESSAGE.slice()));
    return plaintext !== undefined && sameBytes(plaintext, MESSAGE);
  });
  await checkSecrecy(contract, secret, (fields) => definition.decryptKey?.read(fields) ?? key, encryptKey);
  await checkEncryption(contract, key);
  const publicMap = copyJsonMap({ ...encryptKey.fields, unknown: { kept: true } });
  const privateMap = copyJsonMap({ ...key.fields, unknown: { kept: true } });
  await contract.rule(
    'encryptKey.read, decryptKey.read',
    'keys that were written and read are the same keys',
    async () => {
      const ciphertext = await definition.encryptKey?.read(publicMap).encrypt(MESSAGE.slice());
      const plaintext = ciphertext && (await definition.decryptKey?.read(privateMap).decrypt(ciphertext));
      return areBytes(plaintext, MESSAGE, 'the plaintext that was encrypted');
    },
  );
  await contract.rule('encryptKey.read, decryptKey.read', 'keys that were written and read keep unknown fields', () =>
    allOf([
      isWrittenAs(definition.encryptKey?.read(publicMap), publicMap),
      isWrittenAs(definition.decryptKey?.read(privateMap), privateMap),
    ]),
  );
  await contract.rule('decryptKey.generate', 'each generated key is another one', async () => {
    const other = await definition.decryptKey?.generate({});
    if (other === undefined) return { expected: 'a key that decrypts', received: 'undefined' };
    contract.keepSecret(other.fields);
    const ciphertext = await encryptKey.encrypt(MESSAGE.slice());
    return failsToDecrypt(() => other.decrypt(ciphertext));
  });
}

/** What a private key decrypts that was encrypted to its public key, and nothing else. */
export async function checkEncryption(contract: Contract, key: DecryptKey): Promise<void> {
  const ciphertext = await contract.obtain('encrypt', 'a public key encrypts', () =>
    key.encryptKey.encrypt(MESSAGE.slice()),
  );
  if (ciphertext === undefined) return;
  await contract.rule('encrypt', 'a ciphertext is bytes', () =>
    verdict(isBytes(ciphertext), 'a Uint8Array', shortForm(ciphertext)),
  );
  if (!isBytes(ciphertext)) return;
  await contract.rule('decrypt', 'what was encrypted is decrypted', async () =>
    areBytes(await key.decrypt(ciphertext.slice()), MESSAGE, 'the plaintext that was encrypted'),
  );
  await contract.rule('encrypt', 'a ciphertext does not show the plaintext', () =>
    verdict(
      !includesBytes(ciphertext, MESSAGE),
      'other bytes than the plaintext',
      'a ciphertext with the plaintext in it',
    ),
  );
  await contract.rule('encrypt', 'encryption leaves the plaintext as it was', () =>
    leavesAsTheyWere(MESSAGE, 'the plaintext', (own) => key.encryptKey.encrypt(own)),
  );
  await contract.rule('decrypt', 'decryption leaves the ciphertext as it was', () =>
    leavesAsTheyWere(ciphertext, 'the ciphertext', (own) => key.decrypt(own)),
  );
  for (const bytes of [new Uint8Array(), ciphertext.subarray(1), withBitFlipped(ciphertext, 0)]) {
    await contract.onlyDimErrors(
      'decrypt',
      `${bytes.length} bytes that are no ciphertext end with a DimError, if with an error`,
      () => key.decrypt(bytes),
    );
  }
}

/** Whether a key that is not the right one refuses the message's ciphertext, or makes something else of it. */
export async function failsToDecrypt(decrypt: () => Awaitable<Uint8Array>): Promise<Verdict> {
  const expected = 'a key that does not decrypt what was encrypted to the first';
  const outcome = await outcomeOf(decrypt);
  if (outcome.ended === 'failed') return { expected, received: errorForm(outcome.error) };
  return verdict(outcome.ended === 'refused' || !sameBytes(outcome.value, MESSAGE), expected, 'a key that does');
}
