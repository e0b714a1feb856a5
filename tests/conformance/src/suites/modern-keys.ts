/** `modern-keys.json`: signatures, sealed boxes and authenticated messages of other libraries, and what nobody may accept. */
import assert from 'node:assert/strict';
import {
  decryptMessage,
  DimError,
  verifyMessage,
  verifyMeta,
  type ID,
  type JsonMap,
  type SymmetricKey,
  type VerifiedMeta,
} from 'dimp';
import { decodeBase64, encodeBase64 } from 'dimp/extend';
import { decodeHex, encodeHex } from 'dimplugins/coding';
import { dim } from '../dim.ts';
import { refuses, type Check, type Suite } from '../suite.ts';
import { checkId, type IdFacts } from './ids.ts';

interface SigningPair {
  readonly name: string;
  readonly private: object;
  readonly private_pair: object;
  readonly public: object;
  readonly public_data_hex: string;
  readonly signatures: readonly { readonly data_hex: string; readonly signature: string }[];
  readonly forged: readonly { readonly data_hex: string; readonly signature: string; readonly why: string }[];
}

interface SealingPair {
  readonly name: string;
  readonly private: object;
  readonly public: object;
  readonly boxes: readonly { readonly plaintext_hex: string; readonly box: string }[];
  readonly refused: readonly { readonly box: string; readonly why: string }[];
}

interface Cipher {
  readonly name: string;
  readonly key: object;
  readonly messages: readonly {
    readonly extra: JsonMap;
    readonly plaintext_hex: string;
    readonly ciphertext: string;
  }[];
  readonly refused: readonly { readonly extra: JsonMap; readonly ciphertext: string; readonly why: string }[];
}

interface MetaCase {
  readonly key: string;
  readonly meta: unknown;
  readonly valid: boolean;
  readonly why?: string;
  readonly ids?: readonly (IdFacts & { readonly network: number })[];
}

interface MessageCase {
  readonly name: string;
  readonly sender_key: string;
  readonly receiver_key: string;
  readonly message: JsonMap;
  readonly valid: boolean;
  readonly content?: JsonMap;
}

interface RejectedKey {
  readonly use: 'public' | 'private' | 'encrypt' | 'decrypt' | 'message';
  readonly key: object;
  readonly why: string;
}

interface ModernFile {
  readonly signing: readonly SigningPair[];
  readonly sealing: readonly SealingPair[];
  readonly symmetric: readonly Cipher[];
  readonly metas: readonly MetaCase[];
  readonly messages: readonly MessageCase[];
  readonly rejected: readonly RejectedKey[];
}

export const modernKeys: Suite = (input) => {
  const file = input as ModernFile;
  return [
    ...file.signing.flatMap(signingChecks),
    ...file.sealing.flatMap(sealingChecks),
    ...file.symmetric.flatMap(cipherChecks),
    ...file.metas.map((vector) => ({
      name: `meta of ${vector.key}: ${vector.why ?? 'valid'}`,
      run: () => checkMeta(vector),
    })),
    ...file.messages.map((vector) => ({ name: `message: ${vector.name}`, run: () => checkMessage(file, vector) })),
    ...file.rejected.map((vector) => ({
      name: `refused: ${vector.why} (${vector.use})`,
      run: async () => void (await refuses(() => readKey(vector), `a key map with ${vector.why}`)),
    })),
  ];
};

function signingChecks(pair: SigningPair): Check[] {
  const { name, signatures, forged } = pair;
  const publicKey = dim.PublicKey.parse(pair.public);
  return [
    {
      name: `${name}: key maps`,
      run: () => {
        assert.equal(encodeHex(publicKey.data), pair.public_data_hex);
        for (const map of [pair.private, pair.private_pair]) {
          const key = dim.PrivateKey.parse(map);
          assert.deepEqual(JSON.parse(JSON.stringify(key)), map);
          assert.deepEqual(JSON.parse(JSON.stringify(key.publicKey)), pair.public);
        }
      },
    },
    ...signatures.map(({ data_hex, signature }, index) => ({
      name: `${name}: signature ${index}`,
      run: async () => {
        const data = decodeHex(data_hex);
        assert.equal(await publicKey.verify(data, decodeBase64(signature)), true);
        assert.equal(await publicKey.verify(Uint8Array.of(...data, 1), decodeBase64(signature)), false);
        for (const map of [pair.private, pair.private_pair]) {
          assert.equal(encodeBase64(await dim.PrivateKey.parse(map).sign(data)), signature);
        }
      },
    })),
    ...forged.map(({ data_hex, signature, why }) => ({
      name: `${name}: forged: ${why}`,
      run: async () => assert.equal(await publicKey.verify(decodeHex(data_hex), decodeBase64(signature)), false),
    })),
  ];
}

function sealingChecks(pair: SealingPair): Check[] {
  const { name, boxes, refused } = pair;
  const publicKey = dim.EncryptKey.parse(pair.public);
  const privateKey = dim.DecryptKey.parse(pair.private);
  return [
    {
      name: `${name}: key maps`,
      run: () => {
        assert.deepEqual(JSON.parse(JSON.stringify(privateKey)), pair.private);
        assert.deepEqual(JSON.parse(JSON.stringify(privateKey.encryptKey)), pair.public);
      },
    },
    ...boxes.map(({ plaintext_hex, box }, index) => ({
      name: `${name}: box ${index}`,
      run: async () => {
        assert.equal(encodeHex(await privateKey.decrypt(decodeBase64(box))), plaintext_hex);
        const own = await publicKey.encrypt(decodeHex(plaintext_hex));
        assert.equal(encodeHex(await privateKey.decrypt(own)), plaintext_hex);
      },
    })),
    ...refused.map(({ box, why }) => ({
      name: `${name}: refused: ${why}`,
      run: () => checkUndecryptable(() => privateKey.decrypt(decodeBase64(box)), why),
    })),
  ];
}

function cipherChecks({ name, key: map, messages, refused }: Cipher): Check[] {
  const key = dim.SymmetricKey.parse(map);
  return [
    ...messages.map(({ extra, plaintext_hex, ciphertext }, index) => ({
      name: `${name}: message ${index}`,
      run: async () => {
        assert.deepEqual(JSON.parse(JSON.stringify(key)), map);
        assert.equal(encodeHex(await key.decrypt(decodeBase64(ciphertext), extra)), plaintext_hex);
        const own = await key.encrypt(decodeHex(plaintext_hex));
        assert.deepEqual(Object.keys(own.extra), Object.keys(extra));
        assert.equal(own.ciphertext.length, decodeBase64(ciphertext).length);
        assert.equal(encodeHex(await key.decrypt(own.ciphertext, own.extra)), plaintext_hex);
        await checkInFile(key, extra, ciphertext, plaintext_hex);
      },
    })),
    ...refused.map(({ extra, ciphertext, why }) => ({
      name: `${name}: refused: ${why}`,
      run: () => checkUndecryptable(() => key.decrypt(decodeBase64(ciphertext), extra), why),
    })),
  ];
}

/** The key map of a file has the nonce as `iv`. */
async function checkInFile(key: SymmetricKey, extra: JsonMap, ciphertext: string, plaintext: string): Promise<void> {
  const ofFile = dim.SymmetricKey.parse({ ...key.fields, iv: extra['IV'] });
  assert.equal(encodeHex(await ofFile.decrypt(decodeBase64(ciphertext), ofFile.fields)), plaintext);
}

async function checkUndecryptable(decrypt: () => unknown, why: string): Promise<void> {
  const { code, path } = await refuses(decrypt, `a ciphertext with ${why}`);
  assert.deepEqual([code, path], ['CRYPTO_DECRYPT', '']);
}

async function checkMeta({ meta: map, valid, ids = [] }: MetaCase): Promise<void> {
  const read = dim.Meta.safeParse(map);
  if (!valid) {
    if (read.ok) assert.equal(await read.value.verify(), false, 'a meta that is not valid verifies');
    else assert.ok(read.error instanceof DimError);
    return;
  }
  assert.ok(read.ok, 'the meta must be read');
  assert.ok(ids.length > 0);
  for (const { network, ...facts } of ids) {
    checkId(read.value.id(network), facts);
    assert.ok(await verifyMeta(read.value, dim.ID.parse(facts.id)));
  }
}

async function checkMessage(file: ModernFile, vector: MessageCase): Promise<void> {
  const sender = file.signing.find(({ name }) => name === vector.sender_key) ?? assert.fail('an unknown sender');
  const receiver = file.sealing.find(({ name }) => name === vector.receiver_key) ?? assert.fail('an unknown receiver');
  const message = dim.ReliableMessage.parse(vector.message);
  const meta = await metaOf(file, message.sender);
  assert.deepEqual(meta.publicKey.data, dim.PublicKey.parse(sender.public).data, 'the meta of another key');
  const verified = await verifyMessage(message, [meta]);
  assert.ok(verified, 'the message must verify');
  const options = { receiver: message.receiver, privateKeys: [{ key: dim.DecryptKey.parse(receiver.private) }] };
  const decrypt = async () => decryptMessage(dim, verified, options);
  if (vector.valid) assert.deepEqual((await decrypt()).message.content.toMap(), vector.content);
  else await checkUndecryptable(decrypt, vector.name);
}

async function metaOf(file: ModernFile, sender: ID): Promise<VerifiedMeta> {
  for (const { meta, valid } of file.metas) {
    const verified = valid && (await verifyMeta(dim.Meta.parse(meta), sender));
    if (verified) return verified;
  }
  return assert.fail('the meta of the sender is not in the file');
}

function readKey({ use, key }: RejectedKey): unknown {
  switch (use) {
    case 'public':
      return dim.PublicKey.parse(key);
    case 'private':
      return dim.PrivateKey.parse(key);
    case 'encrypt':
      return dim.EncryptKey.parse(key);
    case 'decrypt':
      return dim.DecryptKey.parse(key);
    case 'message':
      return dim.SymmetricKey.parse(key);
    default:
      throw new Error(`this runner does not know the use ${JSON.stringify(use satisfies never)}`);
  }
}
