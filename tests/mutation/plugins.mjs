import { mutate } from './mutate.mjs';

export default mutate('plugins', [
  'addresses/*.ts',
  'keys/{rsa-components,rsa-modulus,rsa-padding,pkcs7-padding,constant-time,der,ecdsa-signature}.ts',
  'keys/{secp256k1-curve,secp256k1-encoding,secp256k1-key}.ts',
]);
