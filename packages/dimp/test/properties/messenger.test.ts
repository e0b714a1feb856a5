import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import {
  ArrayContent,
  createDim,
  DimError,
  EVERYONE,
  TextContent,
  type Content,
  type ID,
  type JsonMap,
} from '../../src/index.ts';
import { standardPlugin } from 'dimplugins';
import { alice, bob, carol, group, messengerOf } from '../world.ts';
import { leaves, text, unknownFields, withNetwork } from './arbitraries.ts';

const CRYPTO = { numRuns: 20 };
const network = createDim({ plugins: [standardPlugin()], wireShape: 'deployed' });
const fromAlice = await messengerOf(alice);
const bobs = await Promise.all(['phone', 'desktop'].map((terminal) => messengerOf(bob, undefined, terminal)));
const carols = [await messengerOf(carol)];

const way = fc.constantFrom(
  { wireShape: '2.4', shortNames: false } as const,
  { wireShape: '2.4', shortNames: true } as const,
  { wireShape: '2.0', shortNames: false } as const,
  { wireShape: '2.0', shortNames: true } as const,
  { wireShape: 'deployed' } as const,
);
const options = fc
  .tuple(way, fc.boolean(), fc.boolean())
  .map(([how, introduce, proveEnvelope]) => ({ ...how, introduce, proveEnvelope }));

const plain = fc.oneof(...Object.values(leaves)).map((map) => withNetwork.Content.parse(withoutGroup(map)));
const texts = fc
  .tuple(text, unknownFields)
  .map(([said, unknown]) => withNetwork.Content.parse({ ...unknown, ...TextContent.create(said).fields }));
const content: fc.Arbitrary<Content> = fc.oneof(
  texts,
  plain,
  fc.array(plain, { maxLength: 2 }).map((all) => ArrayContent.create(all)),
);

function withoutGroup(map: JsonMap): JsonMap {
  const { group: _, ...rest } = map;
  return rest;
}

function inGroup(said: Content, id: ID): Content {
  return withNetwork.Content.parse({ ...said.fields, group: id.toString() });
}

/** What of a content every wireShape keeps. */
function readOf(said: Content): string {
  const read = withNetwork.Content.parse(said.fields);
  return fc.stringify([read.kind, read.type, read.sn, read.time, read.group, 'text' in read && read.text]);
}

describe('pack and unpack', () => {
  test('any content comes to the other side, in every wireShape, to every terminal', async () => {
    await fc.assert(
      fc.asyncProperty(content, options, async (said, how) => {
        const bytes = await fromAlice.pack(said, bob.id, how);
        for (const messenger of bobs) {
          const unpacked = await messenger.unpack(bytes);
          expect(readOf(unpacked.content)).toBe(readOf(said));
          if (how.wireShape !== 'deployed') expect(unpacked.content.serialize()).toBe(said.serialize());
          expect(unpacked.sender.equals(alice.id)).toBe(true);
          expect(unpacked.authenticated).toBe(how.proveEnvelope ? 'envelope' : 'content');
        }
      }),
      CRYPTO,
    );
  });

  test('to a group: to every member and terminal, and back to the sender alone', async () => {
    await fc.assert(
      fc.asyncProperty(content, options, async (plainContent, how) => {
        const said = inGroup(plainContent, group.id);
        const bytes = await fromAlice.pack(said, group.id, how);
        for (const messenger of [...bobs, ...carols]) {
          const unpacked = await messenger.unpack(bytes);
          expect(readOf(unpacked.content)).toBe(readOf(said));
          expect(unpacked.group?.equals(group.id)).toBe(true);
        }
      }),
      CRYPTO,
    );
  });

  test('to everyone: in the clear and signed', async () => {
    await fc.assert(
      fc.asyncProperty(content, options, async (said, how) => {
        const unpacked = await carols[0]?.unpack(await fromAlice.pack(said, EVERYONE, how));
        expect(unpacked && readOf(unpacked.content)).toBe(readOf(said));
      }),
      CRYPTO,
    );
  });

  test('a reader of either context understands a writer of the other', async () => {
    const { ReliableMessage } = network;
    await fc.assert(
      fc.asyncProperty(content, options, async (said, how) => {
        const bytes = await fromAlice.pack(said, bob.id, how);
        expect(ReliableMessage.decode(bytes).serialize()).toBe(withNetwork.ReliableMessage.decode(bytes).serialize());
      }),
      { numRuns: 10 },
    );
  });

  test('one changed byte of a package is refused by a DimError, or changes nothing of what was said', async () => {
    await fc.assert(
      fc.asyncProperty(texts, way, fc.nat(), fc.integer({ min: 1, max: 255 }), async (said, how, at, bits) => {
        const bytes = await fromAlice.pack(said, bob.id, how);
        const index = at % bytes.length;
        // A changed IV is the known exception: see the properties of messages in dkd.
        const iv = new TextDecoder().decode(bytes).indexOf('"IV"');
        fc.pre(index < iv || index > iv + 32);
        const changed = bytes.map((byte, place) => (place === index ? byte ^ bits : byte));
        try {
          const unpacked = await bobs[0]?.unpack(changed);
          expect(unpacked && readOf(unpacked.content)).toBe(readOf(said));
          expect(unpacked?.sender.equals(alice.id)).toBe(true);
        } catch (error) {
          if (!(error instanceof DimError)) throw error;
          expect(error.code).toMatch(/^(INPUT|UNSUPPORTED|MISSING|CRYPTO)_/);
        }
      }),
      { numRuns: 60 },
    );
  });
});
