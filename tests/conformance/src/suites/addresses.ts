/** `addresses.json`: addresses computed from fingerprint data. */
import assert from 'node:assert/strict';
import { bitcoinStyleAddress, ethereumStyleAddress } from 'dimplugins';
import { decodeHex } from 'dimplugins/coding';
import { dim } from '../dim.ts';
import type { Suite } from '../suite.ts';

interface Case {
  readonly kind: 'BTC' | 'ETH';
  readonly fingerprint_hex: string;
  readonly network: number;
  readonly address: string;
}

export const addresses: Suite = (file) =>
  (file as { cases: Case[] }).cases.map(({ kind, fingerprint_hex, network, address }) => ({
    name: `${kind} ${address}`,
    run() {
      const data = decodeHex(fingerprint_hex);
      const computed = kind === 'ETH' ? ethereumStyleAddress(data) : bitcoinStyleAddress(data, network);
      assert.equal(computed.toString(), address);
      const parsed = dim.Address.parse(address);
      assert.equal(parsed.kind, kind);
      assert.equal(parsed.network, network);
      assert.ok(parsed.equals(computed));
    },
  }));
