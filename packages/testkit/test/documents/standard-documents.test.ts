/** The types of documents that everybody has keep the contract. */
import { expect, test } from '@jest/globals';
import { standardPlugin } from 'dimplugins';
import { Bulletin, createIdentityContext, defineDocument, Visa } from 'mkm';
import { checkDocument } from '../../src/index.ts';

const plugins = [standardPlugin()];
const { PrivateKey, DecryptKey } = createIdentityContext({ plugins });
const { publicKey } = await PrivateKey.generate('ECC');
const { encryptKey } = await DecryptKey.generate('RSA');
const ID = 'hulk@126LCHc9Qcvp928puqyS3dphrDNrN4GzTc';

test('a visa', async () => {
  const visa = defineDocument({ type: 'visa', class: Visa });
  const properties = [
    { name: 'Alice', key: encryptKey, avatar: 'https://example.com/a.png' },
    { name: 'Alice', keys: [encryptKey], algorithms: ['RSA'], terminal: 'phone' },
    { name: 'Alice', keys: [publicKey.fields] },
  ];
  const report = await checkDocument(visa, { properties, plugins });
  expect(report.failures).toEqual([]);
  expect(report.checked.length).toBeGreaterThan(100);
});

test('a bulletin', async () => {
  const bulletin = defineDocument({ type: 'bulletin', class: Bulletin });
  const properties = [{ name: 'Team', founder: ID, assistants: [ID], administrators: [ID] }];
  const report = await checkDocument(bulletin, { properties, owner: 'group', plugins });
  expect(report.failures).toEqual([]);
});
