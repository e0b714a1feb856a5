import { test } from 'node:test';
import { assertContract, checkAddress, checkDocument, checkMeta } from 'dimtestkit';
import { definePlugin } from 'mkm';
import { badgeDefinition } from './badge.ts';
import { ed448Algorithm } from './ed448-key.ts';
import { hashAddressDefinition, hashMeta } from './hash-address.ts';

test('the addresses keep the contract', async () => {
  const valid = [`h0-${'0a'.repeat(16)}`, `h255-${'f'.repeat(32)}`];
  const invalid = [`h256-${'0a'.repeat(16)}`, `h00-${'0a'.repeat(16)}`, `h0-${'0A'.repeat(16)}`, 'h0-'];
  assertContract(await checkAddress(hashAddressDefinition, { valid, invalid }));
});

test('the metas keep the contract', async () => {
  const plugins = [definePlugin('ours', [ed448Algorithm, hashAddressDefinition])];
  assertContract(await checkMeta(hashMeta, { plugins, algorithm: 'ED448', networks: 'all' }));
});

test('the documents keep the contract', async () => {
  assertContract(await checkDocument(badgeDefinition, { properties: [{ level: 'gold' }] }));
});
