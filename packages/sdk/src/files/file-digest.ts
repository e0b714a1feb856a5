/** Digests of what is too large to be held. Web Cryptography has none that works in pieces. */
import { md5 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { openSource } from './file-source.ts';

/** SHA-256 of bytes as they come. */
export class RunningDigest {
  readonly #hash = sha256.create();

  update(bytes: Uint8Array): void {
    this.#hash.update(bytes);
  }

  /** Of all that came so far, in hex; more may come. */
  get value(): string {
    return bytesToHex(this.#hash.clone().digest());
  }
}

/**
 * MD5 of a Blob: what the names and the signatures of file services are made of.
 * @throws the signal's reason; DimError `FILE_DAMAGED` for a Blob that cannot be read any more
 */
export async function md5OfBlob(data: Blob, signal: AbortSignal): Promise<Uint8Array> {
  const hash = md5.create();
  const reader = openSource(data).stream.getReader();
  try {
    for (;;) {
      signal.throwIfAborted();
      const { done, value } = await reader.read();
      if (done) return hash.digest();
      hash.update(value);
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
