/** What the core relies on in a key algorithm. */
import {
  canDecrypt,
  canEncrypt,
  canStream,
  type Awaitable,
  type DecryptKey,
  type KeyAlgorithmDefinition,
  type PrivateKey,
  type PublicKey,
  type StreamCipher,
  type SymmetricKey,
} from 'dkd';
import { copyJsonMap, encodeUtf8, MESSAGE_FIELDS } from 'dkd/extend';
import { Contract, refusal, type ContractReport } from './contract-report.ts';

const MESSAGE = /* @__PURE__ */ encodeUtf8('What the core relies on');
const OTHER_MESSAGE = /* @__PURE__ */ encodeUtf8('what the core relies on');
/** Maps that no algorithm can read as a key. */
const NO_KEYS: readonly object[] = [{}, { data: '' }, { data: 5 }, { data: null }, { data: {} }, { data: '@' }];

/**
 * Checks a key algorithm: generating, reading what was written, signing, verifying, encrypting, refusing.
 * @returns a report; see `assertContract`
 */
export async function checkKeyAlgorithm(definition: KeyAlgorithmDefinition): Promise<ContractReport> {
  const contract = new Contract();
  const { privateKey, decryptKey, symmetricKey } = definition;
  await contract.expect('it defines two keys that belong together, or a symmetric key', () => {
    if (privateKey !== undefined) return definition.publicKey !== undefined;
    return decryptKey === undefined ? symmetricKey !== undefined : definition.encryptKey !== undefined;
  });
  if (privateKey !== undefined) {
    await contract.expect('it generates a private key', async () => {
      await checkPair(contract, definition, await privateKey.generate({}));
      return true;
    });
  }
  if (decryptKey !== undefined) {
    await contract.expect('it generates a key that decrypts', async () => {
      await checkDecryptKey(contract, definition, await decryptKey.generate({}));
      return true;
    });
  }
  if (symmetricKey !== undefined) {
    await contract.expect('it generates a symmetric key', async () => {
      await checkSymmetricKey(contract, definition, await symmetricKey.generate({}));
      return true;
    });
  }
  for (const [kind, reader] of Object.entries({
    public: definition.publicKey,
    private: privateKey,
    encryption: definition.encryptKey,
    decryption: decryptKey,
    symmetric: symmetricKey,
  })) {
    for (const map of reader === undefined ? [] : NO_KEYS) {
      await contract.expectOnlyDimErrors(
        `reading ${JSON.stringify(map)} as a ${kind} key ends with a DimError, if with any`,
        () => reader?.read(copyJsonMap({ algorithm: definition.algorithm, ...map })),
      );
    }
  }
  return contract.report();
}

async function checkPair(contract: Contract, definition: KeyAlgorithmDefinition, key: PrivateKey): Promise<void> {
  const { publicKey } = key;
  const signature = await key.sign(MESSAGE);
  await contract.expect('the algorithm is named in the keys and their maps', () =>
    [key.algorithm, publicKey.algorithm, key.fields['algorithm'], publicKey.fields['algorithm']].every(
      (name) => name === definition.algorithm,
    ),
  );
  await contract.expect(
    'a signature is bytes that the public key verifies',
    async () => isBytes(signature) && (await publicKey.verify(MESSAGE, signature)),
  );
  await contract.expect(
    'a signature is not good for another message',
    async () => !(await publicKey.verify(OTHER_MESSAGE, signature)),
  );
  for (const index of [0, signature.length >> 1, signature.length - 1]) {
    const changed = withBitFlipped(signature, index);
    await contract.expect(
      `a signature with byte ${index} changed is a plain no`,
      async () => !(await publicKey.verify(MESSAGE, changed)),
    );
  }
  for (const bytes of [
    new Uint8Array(),
    signature.subarray(1),
    new Uint8Array([...signature, 0]),
    new Uint8Array(signature.length),
  ]) {
    await contract.expect(
      `${bytes.length} bytes that are no signature are a plain no`,
      async () => !(await publicKey.verify(MESSAGE, bytes)),
    );
  }
  const other = await definition.privateKey?.generate({});
  await contract.expect(
    'each generated key is another one',
    async () => other !== undefined && !(await publicKey.verify(MESSAGE, await other.sign(MESSAGE))),
  );
  await contract.expect(
    'a public key that was written and read is the same key, and keeps unknown fields',
    async () => {
      const map = copyJsonMap({ ...publicKey.fields, unknown: { kept: true } });
      const read = definition.publicKey?.read(map);
      if (read === undefined) return false;
      return (
        (await read.verify(MESSAGE, signature)) &&
        sameBytes(read.data, publicKey.data) &&
        JSON.stringify(read) === JSON.stringify(map)
      );
    },
  );
  await contract.expect('a private key that was written and read signs for the same public key', async () => {
    const read = definition.privateKey?.read(copyJsonMap(key.fields));
    return read !== undefined && (await publicKey.verify(MESSAGE, await read.sign(MESSAGE)));
  });
  await contract.expect('the data bytes of the public key are there, for addresses', () => publicKey.data.length > 0);
  await contract.expect(
    'the public key encrypts exactly when the private key decrypts',
    () => canEncrypt(publicKey) === canDecrypt(key),
  );
  if (!canEncrypt(publicKey) || !canDecrypt(key)) return;
  await contract.expect('a private key that decrypts has its public key as the one that encrypts to it, too', () =>
    sameBytes(publicKey.data, (key.encryptKey as PublicKey | undefined)?.data ?? new Uint8Array()),
  );
  await checkEncryption(contract, key);
}

async function checkDecryptKey(contract: Contract, definition: KeyAlgorithmDefinition, key: DecryptKey): Promise<void> {
  const { encryptKey } = key;
  await contract.expect('the algorithm is named in the keys and their maps', () =>
    [key.algorithm, encryptKey.algorithm, key.fields['algorithm'], encryptKey.fields['algorithm']].every(
      (name) => name === definition.algorithm,
    ),
  );
  await checkEncryption(contract, key);
  await contract.expect('keys that were written and read are the same keys, and keep unknown fields', async () => {
    const publicMap = copyJsonMap({ ...encryptKey.fields, unknown: { kept: true } });
    const privateMap = copyJsonMap({ ...key.fields, unknown: { kept: true } });
    const readPublic = definition.encryptKey?.read(publicMap);
    const readPrivate = definition.decryptKey?.read(privateMap);
    if (readPublic === undefined || readPrivate === undefined) return false;
    return (
      sameBytes(await readPrivate.decrypt(await readPublic.encrypt(MESSAGE)), MESSAGE) &&
      JSON.stringify([readPublic, readPrivate]) === JSON.stringify([publicMap, privateMap])
    );
  });
  await contract.expect('each generated key is another one', async () => {
    const other = await definition.decryptKey?.generate({});
    if (other === undefined) return false;
    const ciphertext = await encryptKey.encrypt(MESSAGE);
    return failsToDecrypt(() => other.decrypt(ciphertext));
  });
}

async function checkEncryption(contract: Contract, key: DecryptKey): Promise<void> {
  const ciphertext = await key.encryptKey.encrypt(MESSAGE);
  await contract.expect('what was encrypted is decrypted', async () =>
    sameBytes(await key.decrypt(ciphertext), MESSAGE),
  );
  await contract.expect('a ciphertext does not show the plaintext', () => !includesBytes(ciphertext, MESSAGE));
  for (const bytes of [new Uint8Array(), ciphertext.subarray(1), withBitFlipped(ciphertext, 0)]) {
    await contract.expectOnlyDimErrors(
      `${bytes.length} bytes that are no ciphertext end with a DimError, if with any`,
      () => key.decrypt(bytes),
    );
  }
}

/** Whether a key that is not the right one refuses the message's ciphertext, or makes something else of it. */
async function failsToDecrypt(decrypt: () => Awaitable<Uint8Array>): Promise<boolean> {
  const outcome = await refusal(decrypt);
  return outcome === 'refused' || (outcome === 'accepted' && !sameBytes(await decrypt(), MESSAGE));
}

async function checkSymmetricKey(
  contract: Contract,
  definition: KeyAlgorithmDefinition,
  key: SymmetricKey,
): Promise<void> {
  const { ciphertext, extra } = await key.encrypt(MESSAGE);
  await contract.expect(
    'the algorithm is named in the key and its map',
    () => key.algorithm === definition.algorithm && key.fields['algorithm'] === definition.algorithm,
  );
  await contract.expect('what was encrypted is decrypted with what encryption wrote', async () =>
    sameBytes(await key.decrypt(ciphertext, extra), MESSAGE),
  );
  await contract.expect('decryption finds what it needs in a whole message', async () =>
    sameBytes(await key.decrypt(ciphertext, { sender: 'x', time: 1, ...extra }), MESSAGE),
  );
  await contract.expect('encryption writes no field that a message has of its own', () =>
    Object.keys(extra).every((name) => !MESSAGE_FIELDS.has(name)),
  );
  await contract.expect('an empty plaintext is encrypted and decrypted', async () => {
    const empty = await key.encrypt(new Uint8Array());
    return (await key.decrypt(empty.ciphertext, empty.extra)).length === 0;
  });
  await contract.expect('a key that was written and read is the same key, and keeps unknown fields', async () => {
    const map = copyJsonMap({ ...key.fields, unknown: { kept: true } });
    const read = definition.symmetricKey?.read(map);
    return (
      read !== undefined &&
      sameBytes(await read.decrypt(ciphertext, extra), MESSAGE) &&
      JSON.stringify(read) === JSON.stringify(map)
    );
  });
  for (const bytes of [new Uint8Array(), ciphertext.subarray(1), new Uint8Array([...ciphertext, 0])]) {
    await contract.expectOnlyDimErrors(
      `${bytes.length} bytes that are no ciphertext end with a DimError, if with any`,
      () => key.decrypt(bytes, extra),
    );
  }
  if (canStream(key)) {
    await contract.expect('in pieces it gives what it gives in one, both ways', async () => {
      const { cipher, extra: started } = key.startEncryption();
      const encrypted = await inPieces(cipher, MESSAGE);
      return (
        sameBytes(await inPieces(key.startDecryption(started), encrypted), MESSAGE) &&
        sameBytes(await key.decrypt(encrypted, started), MESSAGE)
      );
    });
  }
  if (definition.algorithm === 'PLAIN') return;
  await contract.expect(
    'the same plaintext gives another ciphertext each time',
    async () => !sameBytes((await key.encrypt(MESSAGE)).ciphertext, ciphertext),
  );
  await contract.expect('each generated key is another one', async () => {
    const other = await definition.symmetricKey?.generate({});
    if (other === undefined) return false;
    return failsToDecrypt(() => other.decrypt(ciphertext, extra));
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

function withBitFlipped(bytes: Uint8Array, index: number): Uint8Array {
  return bytes.map((byte, at) => (at === index ? byte ^ 1 : byte));
}

/** Also of another realm: of a frame, or of the test runner's sandbox. */
function isBytes(value: unknown): boolean {
  return ArrayBuffer.isView(value) && Object.prototype.toString.call(value) === '[object Uint8Array]';
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}

function includesBytes(bytes: Uint8Array, part: Uint8Array): boolean {
  return bytes.some((_, start) => sameBytes(bytes.subarray(start, start + part.length), part));
}
