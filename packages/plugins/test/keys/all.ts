/**
 * The tests of what mutation testing changes as one file, with addresses and metas: loading the library takes longer
 * than they do. Without the tests of other code (PEM, streams, PLAIN).
 */
/* oxlint-disable import/no-unassigned-import -- importing a test file declares its tests */
import '../addresses/addresses.test.ts';
import '../metas/metas.test.ts';
import './aes-cbc.test.ts';
import './constant-time.test.ts';
import './der.test.ts';
import './ecc-checks.test.ts';
import './ecc.test.ts';
import './ecdsa-signature.test.ts';
import './pkcs7-padding.test.ts';
import './rsa-checks.test.ts';
import './rsa-padding.test.ts';
import './rsa.test.ts';
import './secp256k1-encoding.test.ts';
