/** dimplugins: the algorithms by themselves, and a complete identity library together with mkm. */
import assert from 'node:assert/strict';
import { canDecrypt, canEncrypt, createIdentityContext, EntityType, verifyMeta } from 'mkm';
import { encodeUtf8 } from 'mkm/extend';
import { standardPlugin } from 'dimplugins';
import { encodeBase58, encodeHex, keccak256, sha256 } from 'dimplugins/coding';

const { ID, Meta, PrivateKey, SymmetricKey } = createIdentityContext({ plugins: [standardPlugin()] });
const text = encodeUtf8('moki');
console.log('sha256   ', encodeHex(sha256(text)));
console.log('keccak256', encodeHex(keccak256(text)));
console.log('base58   ', encodeBase58(text));

// An identity with a name, and a group of the same key.
const ecc = await PrivateKey.generate('ECC');
const named = await Meta.generate({ type: 'MKM', privateKey: ecc, seed: 'moki' });
console.log('MKM user ', named.id().toString());
console.log('MKM group', named.id(EntityType.GROUP).toString());

// An identity that is an Ethereum address.
const bare = await Meta.generate({ type: 'ETH', privateKey: ecc });
console.log('ETH user ', bare.id().toString());
assert.ok(await verifyMeta(bare, ID.parse(bare.id().toString())));

// Keys sign, verify, encrypt and decrypt.
const rsa = await PrivateKey.generate('RSA');
assert.ok(canDecrypt(rsa) && canEncrypt(rsa.publicKey));
assert.deepEqual(await rsa.decrypt(await rsa.publicKey.encrypt(text)), text);
assert.ok(await ecc.publicKey.verify(text, await ecc.sign(text)));
const aes = await SymmetricKey.generate('AES');
const { ciphertext, extra } = await aes.encrypt(text);
assert.deepEqual(await aes.decrypt(ciphertext, extra), text);
console.log('AES      ', encodeHex(ciphertext), JSON.stringify(extra));
