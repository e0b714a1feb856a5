/** Words of the protocol, and values at the edges of what readers take. */
import type { JsonValue } from './json-tree.ts';

/** Names of fields, long and short, of all years. */
export const NAMES: readonly string[] = (
  'sender receiver time group type content data key keys signature meta visa sn text IV iv did ID seed fingerprint ' +
  'version algorithm mode padding digest curve compressed keySize sizeInBits command cmd members member title session ' +
  'origin envelope documents document profile last_time contents messages secrets forward filename URL password ' +
  'thumbnail snapshot HTML desc icon mime_type encoding base name avatar founder assistants administrators terminal ' +
  'created_time currency amount remitter remittee app mod act from to envelope_proof station provider host port ' +
  'keywords start limit items text list F R W T G K D V M P N C A I S __proto__ constructor prototype toJSON length ' +
  'hasOwnProperty 0 digest'
).split(' ');

/** Texts that mean something somewhere. */
export const WORDS: readonly string[] = [
  ...'0 1 2 4 16 18 20 22 32 51 55 64 65 136 137 160 202 204 207 255 00 01 1.0 -1 1e3'.split(' '),
  ...'MKM BTC ETH RSA ECC AES PLAIN SECP256k1 SHA256 ECB CBC PKCS1 PKCS7 base64 visa bulletin profile'.split(' '),
  ...'text command history forward array customized card file handshake receipt invite expel join quit reset'.split(
    ' ',
  ),
  ...'found abdicate hire fire resign query register suicide login documents meta storage search push ans'.split(' '),
  ...'chat.dim.group history keys update request respond Hello world! DIM? DIM!'.split(' '),
  ...'anyone@anywhere everyone@everywhere moky@anywhere anywhere everywhere ANYWHERE hulk moki bob * @ / . \\'.split(
    ' ',
  ),
  'hulk@126LCHc9Qcvp928puqyS3dphrDNrN4GzTc',
  '0x5573970f81CDDdaf6A764EAC18Cc6398f8F11354',
  '0x5573970f81cdddaf6a764eac18cc6398f8f11354',
  'group-dave@VXTfrasVnf24GGYPUCQQUsKaXwnMi8Qe7',
  'hulk@126LCHc9Qcvp928puqyS3dphrDNrN4GzTc/phone',
  'https://example.com/a.png',
  'data:image/png;base64,',
  'data:,',
  'data:text/plain;charset=utf-8,%41',
  'base64,',
  'AAAA',
  'AA==',
  '-----BEGIN PUBLIC KEY-----',
  '-----END PUBLIC KEY-----',
  '-----BEGIN RSA PUBLIC KEY-----',
  '-----BEGIN RSA PRIVATE KEY-----',
  '-----BEGIN EC PRIVATE KEY-----',
  '-----BEGIN ENCRYPTED PRIVATE KEY-----',
  '{}',
  '[]',
  '""',
  'null',
  '',
  ' ',
  '\u0000',
  '\r\n',
  '\u2028',
  '\u202e',
  '\ufeff',
  '\ud800',
  '\udc00',
  '\u0130',
  '\u212a',
  '\u{1f600}',
  '%',
  '%2',
  '"',
  '\\"',
  '\\ud800',
  '=',
];

export const NUMBERS: readonly number[] = [
  0,
  -0,
  1,
  -1,
  2,
  0.5,
  1.5,
  31,
  32,
  64,
  127,
  128,
  136,
  137,
  255,
  256,
  65_535,
  65_536,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 32,
  2 ** 53 - 1,
  2 ** 53,
  2 ** 64,
  -(2 ** 53),
  1e11,
  1_700_000_000,
  1_700_000_000.5,
  1e20,
  1e21,
  1e-7,
  1e300,
  5e-324,
];

/** Values of other types than whatever stands there. */
export const VALUES: readonly JsonValue[] = [null, true, false, '', 0, [], {}, [[]], [{}], { data: 'AAAA' }];
