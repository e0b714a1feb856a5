/** What the core relies on in keys that encrypt messages. */
import { canStream, type KeyAlgorithmDefinition, type StreamCipher, type SymmetricKey } from 'mkm';
import { copyJsonMap, isJsonMap } from 'mkm/extend';
import type { Contract } from '../report/contract.ts';
import { isBytes, shortForm } from '../report/short-form.ts';
import { allOf, areBytes, isValue, isWrittenAs, verdict } from '../report/verdict.ts';
import { leavesAsTheyWere, MESSAGE, sameBytes } from './bytes.ts';
import { failsToDecrypt } from './decrypt-keys.ts';
import { checkSecrecy, checkToJson } from './key-secrets.ts';

/** The fields that a message has of its own: what encryption writes beside the ciphertext stands among them. */
export const MESSAGE_FIELDS: readonly string[] = [
  'sender',
  'receiver',
  'time',
  'group',
  'type',
  'content',
  'data',
  'key',
  'keys',
  'signature',
  'meta',
  'visa',
  'envelope_proof',
];

export async function checkSymmetricKey(
  contract: Contract,
  definition: KeyAlgorithmDefinition,
  key: SymmetricKey,
): Promise<void> {
  await contract.rule('algorithm', 'the algorithm is named in the key and its map', () =>
    allOf([key.algorithm, key.fields['algorithm']].map((name) => isValue(name, definition.algorithm))),
  );
  const secret = { name: 'symmetricKey' as const, key };
  await checkToJson(contract, [secret]);
  await checkSecrecy(contract, secret, (fields) => definition.symmetricKey?.read(fields) ?? key);
  const encrypted = await contract.obtain('symmetricKey.encrypt', 'a symmetric key encrypts', () =>
    key.encrypt(MESSAGE.slice()),
  );
  if (encrypted === undefined) return;
  const { ciphertext, extra } = encrypted;
  await contract.rule('symmetricKey.encrypt', 'encryption gives a ciphertext, and a map of extra fields', () =>
    verdict(
      isBytes(ciphertext) && isJsonMap(extra),
      'a Uint8Array and a map',
      `${shortForm(ciphertext)} and ${shortForm(extra)}`,
    ),
  );
  if (!isBytes(ciphertext) || !isJsonMap(extra)) return;
  const plaintext = 'the plaintext that was encrypted';
  await contract.rule('symmetricKey.decrypt', 'what was encrypted is decrypted with what encryption wrote', async () =>
    areBytes(await key.decrypt(ciphertext.slice(), extra), MESSAGE, plaintext),
  );
  await contract.rule('symmetricKey.decrypt', 'decryption finds what it needs in a whole message', async () =>
    areBytes(await key.decrypt(ciphertext.slice(), { sender: 'x', time: 1, ...extra }), MESSAGE, plaintext),
  );
  await contract.rule('symmetricKey.encrypt', 'encryption writes no field that a message has of its own', () => {
    const taken = Object.keys(extra).filter((name) => MESSAGE_FIELDS.includes(name));
    return verdict(taken.length === 0, 'fields of other names', taken.join(', '));
  });
  await contract.rule('symmetricKey.encrypt', 'an empty plaintext is encrypted and decrypted', async () => {
    const empty = await key.encrypt(new Uint8Array());
    return areBytes(await key.decrypt(empty.ciphertext, empty.extra), new Uint8Array(), '0 bytes');
  });
  await contract.rule('symmetricKey.encrypt', 'encryption leaves the plaintext as it was', () =>
    leavesAsTheyWere(MESSAGE, 'the plaintext', (own) => key.encrypt(own)),
  );
  await contract.rule('symmetricKey.decrypt', 'decryption leaves the ciphertext as it was', () =>
    leavesAsTheyWere(ciphertext, 'the ciphertext', (own) => key.decrypt(own, extra)),
  );
  const map = copyJsonMap({ ...key.fields, unknown: { kept: true } });
  await contract.rule('symmetricKey.read', 'a key that was written and read is the same key', async () =>
    areBytes(await definition.symmetricKey?.read(map).decrypt(ciphertext.slice(), extra), MESSAGE, plaintext),
  );
  await contract.rule('symmetricKey.read', 'a key that was written and read keeps unknown fields', () =>
    isWrittenAs(definition.symmetricKey?.read(map), map),
  );
  for (const bytes of [new Uint8Array(), ciphertext.subarray(1), new Uint8Array([...ciphertext, 0])]) {
    await contract.onlyDimErrors(
      'symmetricKey.decrypt',
      `${bytes.length} bytes that are no ciphertext end with a DimError, if with an error`,
      () => key.decrypt(bytes, extra),
    );
  }
  await contract.onlyDimErrors(
    'symmetricKey.decrypt',
    'decryption without what encryption wrote ends with a DimError, if with an error',
    () => key.decrypt(ciphertext.slice(), {}),
  );
  if (canStream(key)) {
    await contract.rule(
      'startEncryption, startDecryption',
      'in pieces it gives what it gives in one, both ways',
      async () => {
        const { cipher, extra: started } = key.startEncryption();
        const pieces = await inPieces(cipher, MESSAGE.slice());
        return allOf([
          areBytes(await inPieces(key.startDecryption(started), pieces), MESSAGE, plaintext),
          areBytes(await key.decrypt(pieces, started), MESSAGE, plaintext),
        ]);
      },
    );
  }
  // It says of itself that it does not encrypt.
  if (definition.algorithm === 'PLAIN') return;
  await contract.rule('symmetricKey.encrypt', 'the same plaintext gives another ciphertext each time', async () => {
    const again = await key.encrypt(MESSAGE.slice());
    return verdict(!sameBytes(again.ciphertext, ciphertext), 'other bytes', 'the same bytes');
  });
  await contract.rule('symmetricKey.generate', 'each generated key is another one', async () => {
    const other = await definition.symmetricKey?.generate({});
    if (other === undefined) return { expected: 'a symmetric key', received: 'undefined' };
    contract.keepSecret(other.fields);
    return failsToDecrypt(() => other.decrypt(ciphertext.slice(), extra));
  });
}

/** What a cipher gives of bytes that come one and then seven at a time. */
async function inPieces(cipher: StreamCipher, bytes: Uint8Array): Promise<Uint8Array> {
  const output: number[] = [];
  for (let start = 0, size = 1; start < bytes.length; start += size, size = 8 - size) {
    output.push(...(await cipher.update(bytes.subarray(start, start + size))));
  }
  return Uint8Array.of(...output, ...(await cipher.finish()));
}
