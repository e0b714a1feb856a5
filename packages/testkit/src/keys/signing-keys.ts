/** What the core relies on in keys that sign and verify. */
import { canDecrypt, canEncrypt, type KeyAlgorithmDefinition, type PrivateKey, type PublicKey } from 'mkm';
import { copyJsonMap } from 'mkm/extend';
import type { Contract } from '../report/contract.ts';
import { isBytes, shortForm } from '../report/short-form.ts';
import { allOf, areBytes, isValue, isWrittenAs, verdict, type Verdict } from '../report/verdict.ts';
import { leavesAsTheyWere, LONG_MESSAGE, MESSAGE, otherMessages, withBitFlipped } from './bytes.ts';
import { checkEncryption } from './decrypt-keys.ts';
import { checkPublicMap, checkSecrecy, checkToJson } from './key-secrets.ts';

export async function checkSigningKeys(
  contract: Contract,
  definition: KeyAlgorithmDefinition,
  key: PrivateKey,
): Promise<void> {
  const publicKey = await contract.obtain(
    'privateKey.publicKey',
    'a private key has its public key',
    () => key.publicKey,
  );
  if (publicKey === undefined) return;
  await contract.rule('algorithm', 'the algorithm is named in the keys and their maps', () =>
    allOf(
      [key.algorithm, publicKey.algorithm, key.fields['algorithm'], publicKey.fields['algorithm']].map((name) =>
        isValue(name, definition.algorithm),
      ),
    ),
  );
  await contract.rule('publicKey.data', 'the data bytes of the public key are there, for addresses', () =>
    verdict(isBytes(publicKey.data) && publicKey.data.length > 0, 'at least one byte', shortForm(publicKey.data)),
  );
  await checkSecrets(contract, definition, key, publicKey);
  const signature = await contract.obtain('privateKey.sign', 'a private key signs', () => key.sign(MESSAGE.slice()));
  if (signature !== undefined) {
    await contract.rule('privateKey.sign', 'a signature is bytes', () =>
      verdict(isBytes(signature), 'a Uint8Array', shortForm(signature)),
    );
    if (isBytes(signature)) await checkSignatures(contract, definition, key, signature);
  }
  await contract.rule('encrypt, decrypt', 'the public key encrypts exactly when the private key decrypts', () =>
    verdict(
      canEncrypt(publicKey) === canDecrypt(key),
      'both, or neither',
      canEncrypt(publicKey) ? 'encrypt alone' : 'decrypt alone',
    ),
  );
  if (!canEncrypt(publicKey) || !canDecrypt(key)) return;
  await contract.rule(
    'privateKey.encryptKey',
    'a private key that decrypts has its public key as the one that encrypts to it, too',
    () => areBytes((key.encryptKey as PublicKey | undefined)?.data, publicKey.data, 'the data bytes of the public key'),
  );
  await checkEncryption(contract, key);
}

async function checkSecrets(
  contract: Contract,
  { privateKey }: KeyAlgorithmDefinition,
  key: PrivateKey,
  publicKey: PublicKey,
): Promise<void> {
  const secret = { name: 'privateKey' as const, key };
  const shown = { name: 'publicKey' as const, key: publicKey };
  await checkToJson(contract, [shown, secret]);
  await checkPublicMap(contract, secret, shown, async (map) => {
    const signature = await privateKey?.read(map).sign(MESSAGE.slice());
    return signature !== undefined && (await publicKey.verify(MESSAGE.slice(), signature));
  });
  await checkSecrecy(contract, secret, (fields) => privateKey?.read(fields) ?? key, publicKey);
}

async function checkSignatures(
  contract: Contract,
  definition: KeyAlgorithmDefinition,
  key: PrivateKey,
  signature: Uint8Array,
): Promise<void> {
  const { publicKey } = key;
  const isYes = async (verify: () => boolean | PromiseLike<boolean>): Promise<Verdict> => isValue(await verify(), true);
  // Nothing but true is a yes.
  const isNo = async (verify: () => boolean | PromiseLike<boolean>): Promise<Verdict> => {
    const answer: unknown = await verify();
    return verdict(answer !== true, 'false', shortForm(answer));
  };
  await contract.rule('publicKey.verify', 'a signature is verified by the public key', () =>
    isYes(() => publicKey.verify(MESSAGE.slice(), signature.slice())),
  );
  for (const { what, bytes } of otherMessages()) {
    await contract.rule('sign, verify', `a signature is not good for ${what}`, () =>
      isNo(() => publicKey.verify(bytes, signature.slice())),
    );
  }
  const size = LONG_MESSAGE.length;
  await contract.rule('sign, verify', `the signature of ${size} bytes is verified by the public key`, async () => {
    const long = await key.sign(LONG_MESSAGE.slice());
    return isYes(() => publicKey.verify(LONG_MESSAGE.slice(), long));
  });
  for (const index of [size >> 1, size - 1]) {
    await contract.rule(
      'sign, verify',
      `the signature of ${size} bytes is not good with byte ${index} changed`,
      async () => {
        const long = await key.sign(LONG_MESSAGE.slice());
        return isNo(() => publicKey.verify(withBitFlipped(LONG_MESSAGE, index), long));
      },
    );
  }
  await contract.rule('privateKey.sign', 'signing leaves the message as it was', () =>
    leavesAsTheyWere(MESSAGE, 'the message', (own) => key.sign(own)),
  );
  await contract.rule('publicKey.verify', 'verifying leaves the message and the signature as they were', async () =>
    allOf([
      await leavesAsTheyWere(MESSAGE, 'the message', (own) => publicKey.verify(own, signature.slice())),
      await leavesAsTheyWere(signature, 'the signature', (own) => publicKey.verify(MESSAGE.slice(), own)),
    ]),
  );
  for (const index of [0, signature.length >> 1, signature.length - 1]) {
    await contract.rule('publicKey.verify', `a signature with byte ${index} changed is a plain no`, () =>
      isNo(() => publicKey.verify(MESSAGE.slice(), withBitFlipped(signature, index))),
    );
  }
  for (const bytes of [
    new Uint8Array(),
    signature.subarray(1),
    new Uint8Array([...signature, 0]),
    new Uint8Array(signature.length),
  ]) {
    await contract.rule('publicKey.verify', `${bytes.length} bytes that are no signature are a plain no`, () =>
      isNo(() => publicKey.verify(MESSAGE.slice(), bytes)),
    );
  }
  await contract.rule('privateKey.generate', 'each generated key is another one', async () => {
    const other = await definition.privateKey?.generate({});
    if (other === undefined) return { expected: 'a private key', received: 'undefined' };
    contract.keepSecret(other.fields);
    const verified = await publicKey.verify(MESSAGE.slice(), await other.sign(MESSAGE.slice()));
    return verdict(!verified, 'a key that signs for another public key', 'a key that signs for the same public key');
  });
  const where = 'publicKey.read';
  const map = copyJsonMap({ ...publicKey.fields, unknown: { kept: true } });
  await contract.rule(where, 'a public key that was written and read is the same key', async () => {
    const read = definition.publicKey?.read(map);
    return allOf([
      isValue(await read?.verify(MESSAGE.slice(), signature.slice()), true),
      areBytes(read?.data, publicKey.data, 'the data bytes of the key that was written'),
    ]);
  });
  await contract.rule(where, 'a public key that was written and read keeps unknown fields', () =>
    isWrittenAs(definition.publicKey?.read(map), map),
  );
  const privateMap = copyJsonMap({ ...key.fields, unknown: { kept: true } });
  await contract.rule(
    'privateKey.read',
    'a private key that was written and read signs for the same public key',
    async () => {
      const read = definition.privateKey?.read(privateMap);
      const again = await read?.sign(MESSAGE.slice());
      const verified = again !== undefined && (await publicKey.verify(MESSAGE.slice(), again));
      return verdict(
        verified,
        'a signature that the public key verifies',
        `${shortForm(again)} that it does not verify`,
      );
    },
  );
  await contract.rule('privateKey.read', 'a private key that was written and read keeps unknown fields', () =>
    isWrittenAs(definition.privateKey?.read(privateMap), privateMap),
  );
}
