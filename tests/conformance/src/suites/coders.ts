/** `coders.json`: bytes with their encodings and digests. */
import assert from 'node:assert/strict';
import { decodeBase64, encodeBase64 } from 'dimp/extend';
import { decodeBase58, decodeHex, encodeBase58, encodeHex, keccak256, ripemd160, sha256 } from 'dimplugins/coding';
import type { Suite } from '../suite.ts';

interface Case {
  readonly data_hex: string;
  readonly base64: string;
  readonly base58: string;
  readonly hex: string;
  readonly sha256: string;
  readonly keccak256: string;
  readonly ripemd160: string;
}

export const coders: Suite = (file) =>
  (file as { cases: Case[] }).cases.map((vector) => ({
    name: `${vector.data_hex.length / 2} bytes`,
    run() {
      const data = decodeHex(vector.data_hex);
      assert.equal(encodeHex(data), vector.hex);
      assert.equal(encodeBase64(data), vector.base64);
      assert.deepEqual(decodeBase64(vector.base64), data);
      assert.equal(encodeBase58(data), vector.base58);
      assert.deepEqual(decodeBase58(vector.base58), data);
      assert.equal(encodeHex(sha256(data)), vector.sha256);
      assert.equal(encodeHex(keccak256(data)), vector.keccak256);
      assert.equal(encodeHex(ripemd160(data)), vector.ripemd160);
    },
  }));
