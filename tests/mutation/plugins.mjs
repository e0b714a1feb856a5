import { mutate } from './mutate.mjs';

export default mutate('plugins', [
  'addresses/*.ts',
  'coding/{der,rsa-components,rsa-modulus,secp256k1-encoding}.ts',
  'keys/constant-time.ts',
  'keys/ciphers/pkcs7-padding.ts',
  'keys/rsa/rsa-padding.ts',
  'keys/secp256k1/{ecdsa-signature,secp256k1-curve,secp256k1-key}.ts',
]);
