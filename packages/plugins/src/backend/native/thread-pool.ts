/** The form of signing that runs in libuv's thread pool, so that it does not block the event loop. */
import { sign, type KeyObject, type SignKeyObjectInput } from 'node:crypto';
import { plainBytes } from './plain-bytes.ts';

/** Signs with SHA-256 on another thread. */
export function signInThreadPool(message: Uint8Array, key: KeyObject | SignKeyObjectInput): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    sign('sha256', message, key, (error, signature) => {
      if (error === null) resolve(plainBytes(signature));
      else reject(error);
    });
  });
}
