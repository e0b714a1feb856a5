/** Random bytes of node:crypto: for keys, drawn each time; for nonces, from a pool. */
import { randomFillSync } from 'node:crypto';
import v8 from 'node:v8';
import { NoncePool } from './nonce-pool.ts';

/** Bytes for keys. */
export function randomBytes(length: number): Uint8Array {
  return randomFillSync(new Uint8Array(length));
}

const pool = new NoncePool({
  draw: (bytes) => randomFillSync(bytes),
  process: () => performance.timeOrigin,
  clocks: [() => performance.now(), () => Date.now()],
});

// Not every platform with this module has them.
const snapshot = v8.startupSnapshot as Partial<typeof v8.startupSnapshot> | undefined;
if (snapshot?.isBuildingSnapshot?.() === true) snapshot.addSerializeCallback?.(() => pool.forget());

/** Bytes for IVs and nonces. */
export function randomNonce(length: number): Uint8Array {
  return pool.take(length);
}
