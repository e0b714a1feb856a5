import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createDim, definePlugin, DimError, EntityType } from 'dimp';
import { standardPlugin } from 'dimplugins';
import { assertContract, checkAddress, checkMeta } from 'dimtestkit';
import { bech32Address, bech32Definition, bech32Meta, bech32Plugin } from './bech32-address.ts';
import { unknownAddressPlugin } from './unknown-address.ts';

const valid = [EntityType.USER, EntityType.GROUP].map((network) => bech32Address(Uint8Array.of(1, 2, 3), network).text);

test('the address meets what the core relies on', async () => {
  const [first = ''] = valid;
  const invalid = [
    `${first.slice(0, -1)}${first.endsWith('q') ? 'p' : 'q'}`,
    first.slice(0, -1),
    first.toUpperCase(),
    'dim1',
    'dim1b',
  ];
  assertContract(await checkAddress(bech32Definition, { valid, invalid }));
});

test('the meta meets what the core relies on', async () => {
  const plugins = [standardPlugin(), definePlugin('address', [bech32Definition])];
  assertContract(await checkMeta(bech32Meta, { plugins, algorithm: 'ECC', networks: 'all' }));
});

test('metas give IDs of it for users and groups, and match no others', async () => {
  const dim = createDim({ plugins: [standardPlugin(), bech32Plugin] });
  const privateKey = await dim.PrivateKey.generate('ECC');
  const meta = await dim.Meta.generate({ type: 'BECH32', privateKey, seed: 'alice' });
  for (const type of [EntityType.USER, EntityType.GROUP]) {
    const id = dim.ID.parse(meta.id(type).toString());
    assert.deepEqual([id.type, meta.matches(id)], [type, true]);
  }
  const other = await dim.Meta.generate({ type: 'MKM', privateKey, seed: 'alice' });
  assert.equal(meta.matches(other.id()), false);
});

test('an unknown address stays readable, and garbage stays refused', () => {
  const dim = createDim({ plugins: [standardPlugin(), unknownAddressPlugin] });
  assert.equal(dim.ID.parse(`alice@${valid[0]}`).toString(), `alice@${valid[0]}`);
  assert.throws(() => dim.ID.parse('alice@no address'), DimError);
  // A known kind that is wrong is not an unknown one.
  assert.throws(() => dim.ID.parse('alice@126LCHc9Qcvp928puqyS3dphrDNrN4GzT1'), DimError);
});
