/** The backend of Node, where long operations do not stop the event loop: for servers, bots, and whoever reads much at once. */
import { Buffer } from 'node:buffer';
import { constants, createPrivateKey, createPublicKey, verify, type VerifyKeyObjectInput } from 'node:crypto';
import { DimError } from 'mkm';
import { encodeSpki } from '../../coding/secp256k1-encoding.ts';
import type { Backend, RsaBackend, Secp256k1Backend } from '../backend.ts';
import { once } from '../once.ts';
import { SharedKey } from './decrypting-thread.ts';
import { DecryptingThreads } from './decrypting-threads.ts';
import { backend } from './index.ts';
import { MIN_THREAD_POOL_BYTES } from './rsa.ts';
import { COMPACT, hasCurve } from './secp256k1.ts';

/** How many threads to use. */
export interface ThreadedBackendOptions {
  /** How many threads decrypt at most; as many as there are processors, if not given. */
  readonly threads?: number;
}

/** A backend with threads of its own. */
export interface ThreadedBackend extends Backend {
  /**
   * Ends its threads when they have done what was asked. Keys go on to work, on the thread that asks. Nothing has to be
   * closed: threads without work end after a minute, and keep no process alive.
   */
  close(): Promise<void>;
}

/**
 * A {@link threadedBackend} of one's own, for another number of threads, or to end them.
 *
 * @throws DimError `USAGE_ARGUMENT` for what is no number of threads
 * @example
 * ```ts
 * import { createDim } from 'dimp';
 * import { standardPlugin } from 'dimplugins';
 * import { createThreadedBackend } from 'dimplugins/backends/native';
 *
 * const backend = createThreadedBackend({ threads: 2 });
 * const dim = createDim({ plugins: [standardPlugin({ backend })] });
 * // …
 * await backend.close();
 * ```
 */
export function createThreadedBackend(options: ThreadedBackendOptions = {}): ThreadedBackend {
  const { threads } = options;
  if (threads !== undefined && (!Number.isInteger(threads) || threads < 1 || threads > MAX_THREADS))
    throw new DimError('USAGE_ARGUMENT', `must be a whole number from 1 to ${MAX_THREADS}`, { path: 'threads' });
  const decrypting = once(() => new DecryptingThreads(threads));
  return Object.freeze<ThreadedBackend>({ ...threadedOver(decrypting), close: async () => decrypting().close() });
}

const MAX_THREADS = 1024;

/**
 * As the backend of Node, with RSA decryption on threads of its own, and secp256k1 verified in libuv's thread pool: both take as
 * long as ten verifications with RSA and more, and go on on other cores. One alone takes a little longer so.
 */
export const threadedBackend: Backend = /* @__PURE__ */ Object.freeze(
  /* @__PURE__ */ threadedOver(/* @__PURE__ */ once(() => new DecryptingThreads())),
);

/** @param threads are made at the first use */
export function threadedOver(threads: () => DecryptingThreads): Backend {
  return {
    ...backend,
    rsa: Object.freeze<RsaBackend>({
      ...backend.rsa,
      privateKey: (components) => {
        const here = backend.rsa.privateKey(components);
        const { pkcs1, publicKey } = components;
        if (publicKey.modulus.length < MIN_THREAD_POOL_BYTES) return here;
        const key = new SharedKey(createPrivateKey({ key: Buffer.from(pkcs1), format: 'der', type: 'pkcs1' }));
        threads().watch(key);
        return {
          sign: (message) => here.sign(message),
          decrypt: (ciphertext) => threads().decrypt(key, constants.RSA_PKCS1_PADDING, ciphertext),
          rawDecrypt: (ciphertext) => threads().decrypt(key, constants.RSA_NO_PADDING, ciphertext),
        };
      },
    }),
    secp256k1: Object.freeze<Secp256k1Backend>({
      ...backend.secp256k1,
      publicKey: (point) => chosen().publicKey(point),
    }),
  };
}

/** Asks once, at the first use. */
const chosen = once(() => (hasCurve() ? { publicKey: threadedKey } : backend.secp256k1));

function threadedKey(point: Uint8Array): ReturnType<Secp256k1Backend['publicKey']> {
  const key = createPublicKey({ key: Buffer.from(encodeSpki(point)), format: 'der', type: 'spki' });
  return { verify: (message, signature) => verifyInThreadPool(message, { key, ...COMPACT }, signature) };
}

function verifyInThreadPool(message: Uint8Array, key: VerifyKeyObjectInput, signature: Uint8Array): Promise<boolean> {
  return new Promise((resolve, reject) => {
    verify('sha256', message, key, signature, (error, isRight) => {
      if (error === null) resolve(isRight);
      else reject(error);
    });
  });
}
