/**
 * mkm alone: identities with any cryptography. Here a plugin of our own brings Ed448 keys of Node, and addresses that are
 * the hash of what binds them; mkm does the rest.
 */
import assert from 'node:assert/strict';
import * as mkm from 'mkm';
import { ed448Algorithm } from './ed448-key.ts';
import { hashAddressDefinition, hashMeta } from './hash-address.ts';

const ourPlugin = mkm.definePlugin('example', [ed448Algorithm, hashAddressDefinition, hashMeta]);
const { ID, Meta, Document, PrivateKey } = mkm.createIdentityContext({ plugins: [ourPlugin] });

const privateKey = await PrivateKey.generate('ED448');
const meta = await Meta.generate({ type: 'MKM', privateKey, seed: 'alice' });
const id = ID.parse(meta.id().toString());
console.log('ID      ', id.toString());
// Whose key it is, is decided first: what verifyMeta gives, nothing else makes.
const owner = await mkm.verifyMeta(meta, id);
assert.ok(owner, 'the meta must be hers');
console.log('is hers ', owner.id.equals(id));

const visa = await Document.create({ type: 'visa', did: id, properties: { name: 'Alice' } }).sign(privateKey);
const forged = Document.parse({ ...visa.toMap(), data: visa.data?.replace('Alice', 'Mally') });
console.log('visa    ', visa.name, (await mkm.verifyDocument(visa, owner)) ? 'is hers' : 'is not');
const accepted = await mkm.verifyDocument(forged, owner);
console.log('forged  ', forged.name, accepted ? 'is hers' : 'is not');

// As it lies on a disk, and comes back.
const saved = PrivateKey.parse(JSON.parse(JSON.stringify(privateKey)));
const newer = await Document.create({ type: 'visa', did: id, properties: { name: 'Alice B.' } }).sign(saved);
console.log('newer   ', newer.name, (await mkm.verifyDocument(newer, owner)) ? 'is hers' : 'is not');

const stranger = ID.safeParse('alice@0x5573970f81CDDdaf6A764EAC18Cc6398f8F11354');
if (!stranger.ok) console.log('stranger', stranger.error.message);

assert.ok((await mkm.verifyDocument(visa, owner)) && (await mkm.verifyDocument(newer, owner)) && accepted === false);
