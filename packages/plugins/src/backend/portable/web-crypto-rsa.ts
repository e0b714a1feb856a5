/**
 * RSA of WebCrypto for what it does faster, and off the main thread: signing and making keys. The signatures are the same,
 * byte for byte. Where there is no WebCrypto (React Native, pages that did not come over https), or where it does not take
 * a key, the backend behind it goes on.
 */
import { bitLength, encodeRsaPkcs8, parseRsaPrivateKey } from '../../coding/rsa-components.ts';
import { once } from '../once.ts';
import type { RsaBackend, RsaPrivateComponents } from '../backend.ts';

const ALGORITHM = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
const EXPONENT = /* @__PURE__ */ Uint8Array.of(1, 0, 1);

/** A backend that leaves to WebCrypto what that can do. */
export function withWebCrypto(own: RsaBackend): RsaBackend {
  return {
    publicKey: (components) => own.publicKey(components),
    privateKey(components) {
      const operations = once(() => own.privateKey(components));
      const imported = once(async () => ({ key: await importKey(components) }));
      return {
        rawDecrypt: (ciphertext) => operations().rawDecrypt(ciphertext),
        async sign(message) {
          // What the caller does with the memory while the key is imported must not change what is signed.
          const copy = new Uint8Array(message);
          const { key } = await imported();
          return (await signature(key, copy)) ?? operations().sign(copy);
        },
      };
    },
    async generate(bits) {
      return (await generateKey(bits)) ?? own.generate(bits);
    },
  };
}

/** Looked up each time: some platforms get it from a module that is loaded later. */
function subtle(): SubtleCrypto | undefined {
  // The types have it everywhere.
  const { crypto } = globalThis as { readonly crypto?: { readonly subtle?: SubtleCrypto } };
  return crypto?.subtle;
}

async function importKey(components: RsaPrivateComponents): Promise<CryptoKey | undefined> {
  const pkcs8 = new Uint8Array(encodeRsaPkcs8(components));
  return unlessRefused(async (platform) => platform.importKey('pkcs8', pkcs8, ALGORITHM, false, ['sign']));
}

async function signature(
  key: CryptoKey | undefined,
  message: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array | undefined> {
  if (key === undefined) return undefined;
  return unlessRefused(async (platform) => new Uint8Array(await platform.sign(ALGORITHM.name, key, message)));
}

async function generateKey(bits: number): Promise<Uint8Array | undefined> {
  return unlessRefused(async (platform) => {
    const parameters = { ...ALGORITHM, modulusLength: bits, publicExponent: EXPONENT };
    const { privateKey } = await platform.generateKey(parameters, true, ['sign', 'verify']);
    const { publicKey, pkcs1 } = parseRsaPrivateKey(new Uint8Array(await platform.exportKey('pkcs8', privateKey)));
    // Chromium and Bun round down to a multiple of 128.
    return bitLength(publicKey.modulus) === bits ? pkcs1 : undefined;
  });
}

/** What the platform answers; undefined when there is none, or when it does not do this for this key. */
async function unlessRefused<T>(ask: (platform: SubtleCrypto) => Promise<T>): Promise<T | undefined> {
  const platform = subtle();
  if (platform === undefined) return undefined;
  try {
    return await ask(platform);
  } catch {
    return undefined;
  }
}
