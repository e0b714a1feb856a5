import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { type Document, type JsonMap } from '../../src/index.ts';
import { encodeBase64 } from '../../src/extend.ts';
import { context } from '../demo-plugin.ts';
import { address, anything, fieldName, idPart, jsonMap, jsonValue, mutated, unknownFields } from './arbitraries.ts';
import { assertContract, freeze, show } from '../../../../tests/support/codec-contract.ts';

const key = await context.PrivateKey.generate('TEST25519');
const other = await context.PrivateKey.generate('TEST25519');

const user = fc
  .tuple(
    idPart,
    address.map((text) => `00${text.slice(2)}`),
  )
  .map((parts) => parts.join('@'));
const group = fc
  .tuple(
    idPart,
    address.map((text) => `01${text.slice(2)}`),
  )
  .map((parts) => parts.join('@'));
const owner = fc.oneof(
  fc.tuple(user, fc.constantFrom('visa', 'profile', 'badge')),
  fc.tuple(group, fc.constantFrom('bulletin', 'profile', 'badge')),
);
const ownNames = ['type', 'did', 'ID', 'time', 'created_time', 'name', 'terminal', 'key', 'avatar', 'founder'];
/** Properties that mean nothing to this layer, whatever they are called. */
const properties = jsonMap.filter((map) => !Object.keys(map).some((name) => ownNames.includes(name)));

const draft = fc
  .tuple(owner, properties)
  .map(([[did, type], own]) => ({ type, did: context.ID.parse(did), properties: own }));

async function signed(init: Parameters<typeof context.Document.create>[0]): Promise<Document> {
  return context.Document.create(init).sign(key);
}

describe('documents', () => {
  test('what was signed verifies after a round trip, with all properties and unknown fields as they were', async () => {
    await fc.assert(
      fc.asyncProperty(draft, unknownFields, async (init, unknown) => {
        const document = await signed(init);
        const wire = freeze({ ...unknown, ...document.fields });
        const read = context.Document.parse(wire);
        expect(show(read.fields)).toBe(show(wire));
        expect(context.Document.parse(read.toMap()).serialize()).toBe(read.serialize());
        expect(await read.verify(key.publicKey)).toBe(true);
        expect(await read.verify(other.publicKey)).toBe(false);
        for (const [name, value] of Object.entries(init.properties))
          expect(show(read.property(name))).toBe(show(value));
      }),
      { numRuns: 40 },
    );
  });

  test('a change keeps every other property, and has to be signed again', async () => {
    await fc.assert(
      fc.asyncProperty(draft, fieldName, jsonValue, async (init, name, value) => {
        fc.pre(!ownNames.includes(name));
        const document = await signed(init);
        const changed = await document.with(Object.fromEntries([[name, value]])).sign(key);
        expect(show(changed.property(name))).toBe(show(value));
        for (const kept of Object.keys(init.properties).filter((one) => one !== name)) {
          expect(show(changed.property(kept))).toBe(show(document.property(kept)));
        }
        expect(await changed.verify(key.publicKey)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  test('one changed character of the data is refused, at once or by the signature', async () => {
    await fc.assert(
      fc.asyncProperty(draft, fc.nat(), fc.constantFrom(...Array.from('"{} 0aé')), async (init, at, character) => {
        const { fields, data = '' } = await signed(init);
        const index = at % data.length;
        const changed = data.slice(0, index) + character + data.slice(index + 1);
        fc.pre(changed !== data);
        const read = context.Document.tryParse({ ...fields, data: changed });
        expect((await read?.verify(key.publicKey)) ?? false).toBe(false);
      }),
      { numRuns: 40 },
    );
  });

  test('one changed byte of the signature is refused', async () => {
    await fc.assert(
      fc.asyncProperty(draft, fc.nat(), fc.integer({ min: 1, max: 255 }), async (init, at, difference) => {
        const { fields, signature = new Uint8Array() } = await signed(init);
        const changed = signature.map((byte, index) => (index === at % signature.length ? byte ^ difference : byte));
        const read = context.Document.parse({ ...fields, signature: encodeBase64(changed) });
        expect(await read.verify(key.publicKey)).toBe(false);
      }),
      { numRuns: 40 },
    );
  });

  test('anything else is refused with one answer', async () => {
    const valid = await Promise.all(fc.sample(draft, 20).map((init) => signed(init)));
    const map = fc.constantFrom(...valid).map(({ fields }): JsonMap => fields);
    assertContract(context.Document, mutated(map), 60);
    assertContract(context.Document, anything, 60);
    const withText = fc
      .tuple(map, jsonMap)
      .map(([fields, data]) => ({ ...fields, data: JSON.stringify(Object.keys(data)) }));
    assertContract(context.Document, withText);
  });
});
