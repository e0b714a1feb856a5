import { expect, test } from '@jest/globals';
import { encodeUtf8 } from 'dimp/extend';
import { fieldsIn } from '../../src/messages/fields-in.ts';
import { signatureIn } from '../../src/messages/station-fields.ts';

const read = (text: string) => fieldsIn(encodeUtf8(text)).map(({ name, json }) => [name, json().trim()]);

test.each(['data', String.raw`d\u0061ta`])(
  'the fields of a message are those in its bytes, twice if they are: %s',
  (name) => {
    expect(read(` { "${name}" : "你\\"}," ,"keys":{"a":[1,{}]},"data":7 } `)).toEqual([
      ['data', '"你\\"},"'],
      ['keys', '{"a":[1,{}]}'],
      ['data', '7'],
    ]);
  },
);

test.each([
  ['{"signature":"AAAA","data":"x"}', 'AAAA'],
  ['{"V":"AA\\u0041A"}', 'AAAA'],
  [String.raw`{"d\u0061ta":1,"signature":"AAAA","more":{"signature":"BBBB"}}`, 'AAAA'],
  ['{"signature":"AAAA","signature":"BBBB"}', 'BBBB'],
  ['{"signature":null}', ''],
  ['{}', ''],
])('the signature in %s', (text, signature) => {
  expect(signatureIn(encodeUtf8(text))).toBe(signature);
});
