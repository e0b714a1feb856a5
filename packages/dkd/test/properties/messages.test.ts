import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import {
  decryptMessage,
  DimError,
  Envelope,
  InstantMessage,
  keyDirection,
  broadcastMessage,
  proveEnvelope,
  signMessage,
  stringifyJson,
  verifyEnvelopeProof,
  type DecryptOptions,
  type JsonMap,
  type JsonValue,
  type ReliableMessage,
} from '../../src/index.ts';
import { changeFields, decodeBase64, encodeBase64, textOf } from '../../src/extend.ts';
import { context, desktop, keysOf, phone, recipient, seal, signKey, verifiedOf, verifyWith } from '../world.ts';
import { byteChange } from '../../../../tests/support/changes.ts';
import { broadcastId, content, groupId, idsOf, unknownFields, userId } from './arbitraries.ts';

const otherKey = await context.PrivateKey.generate('ECC');
const CRYPTO = { numRuns: 25 };
const pair = fc.tuple(userId, userId);

/** A message under way, and who can read it. */
interface Sent {
  readonly instant: InstantMessage;
  readonly reliable: ReliableMessage;
  readonly options: DecryptOptions;
}

const sent = fc
  .tuple(pair, content, unknownFields, fc.option(groupId, { nil: undefined }))
  .map(async ([[from, to], said, unknown, exposed]): Promise<Sent> => {
    const [sender, receiver, group] = idsOf(from, to, ...(exposed === undefined ? [] : [exposed]));
    if (sender === undefined || receiver === undefined) throw new Error('no IDs');
    const envelope = Envelope.create({ sender, receiver, group, time: 1700000000.25 });
    const written = InstantMessage.create(envelope, said);
    const instant = context.InstantMessage.parse({ ...unknown, ...written.fields });
    const messageKey = await context.SymmetricKey.generate('AES');
    const reliable = await seal(instant, { messageKey, recipients: [await recipient(receiver, phone)] });
    return { instant, reliable, options: { receiver, privateKeys: keysOf(phone) } };
  });

/** The content that comes out, or the code of the error; what is no DimError fails the test. */
async function opened(message: ReliableMessage, options: DecryptOptions): Promise<string> {
  try {
    const { message: instant } = await decryptMessage(context, await verifiedOf(message), options);
    return instant.content.serialize();
  } catch (error) {
    if (error instanceof DimError) return error.code;
    throw error;
  }
}

function altered({ fields }: ReliableMessage, changes: { readonly [name: string]: JsonValue }): ReliableMessage {
  return context.ReliableMessage.parse(changeFields(fields, changes));
}

function editBase64(text: string, change: (bytes: Uint8Array) => Uint8Array): string {
  return encodeBase64(change(decodeBase64(text)));
}

describe('encrypted messages', () => {
  test('the content comes back whole, and the other fields of the message travel along', async () => {
    await fc.assert(
      fc.asyncProperty(sent, unknownFields, fc.boolean(), async (sending, added, shortNames) => {
        const { instant, reliable, options } = await sending;
        const received = context.ReliableMessage.decode(altered(reliable, added).encode({ shortNames }));
        const { message } = await decryptMessage(context, await verifiedOf(received), options);
        expect(message.content.serialize()).toBe(instant.content.serialize());
        expect(fc.stringify(message.content)).toBe(fc.stringify(context.Content.parse(instant.contentFields)));
        const carried: JsonMap = changeFields(instant.fields, { type: undefined, content: undefined, ...added });
        for (const [name, value] of Object.entries(carried))
          expect(stringifyJson(message.fields[name] ?? null)).toBe(stringifyJson(value));
        expect(keyDirection(received).destination.equals(keyDirection(instant).destination)).toBe(true);
      }),
      CRYPTO,
    );
  });

  test('what a message is after each step is what a reader makes of its map', async () => {
    await fc.assert(
      fc.asyncProperty(sent, async (sending) => {
        const { instant, reliable } = await sending;
        expect(fc.stringify(context.InstantMessage.parse(instant.toMap()))).toBe(fc.stringify(instant));
        const read = context.ReliableMessage.parse(reliable.toMap());
        expect(read.fields).toEqual(reliable.fields);
        expect([read.data, read.key, [...read.keys], read.signature]).toEqual([
          reliable.data,
          reliable.key,
          [...reliable.keys],
          reliable.signature,
        ]);
      }),
      CRYPTO,
    );
  });

  test('one changed byte of the signature or of the data is refused; signed anew by another key too', async () => {
    await fc.assert(
      fc.asyncProperty(sent, byteChange, async (sending, change) => {
        const { reliable } = await sending;
        const { data } = reliable;
        const signature = textOf(reliable.fields, 'signature');
        const forgeries = [
          altered(reliable, { signature: editBase64(signature, change) }),
          altered(reliable, { data: editBase64(data, change) }),
        ];
        const [, tampered] = forgeries;
        if (tampered !== undefined) forgeries.push(await signMessage(tampered, otherKey));
        for (const forgery of forgeries) expect(await verifyWith(forgery, [signKey])).toBe(false);
      }),
      CRYPTO,
    );
  });

  test('one changed byte of the encrypted key, or a key for another, does not decrypt', async () => {
    await fc.assert(
      fc.asyncProperty(sent, byteChange, async (sending, change) => {
        const { reliable, options } = await sending;
        const keys = Object.fromEntries([...reliable.keys].map(([name, key]) => [name, editBase64(key, change)]));
        expect(await opened(altered(reliable, { keys }), options)).toBe('CRYPTO_DECRYPT');
        expect(await opened(reliable, { ...options, privateKeys: keysOf(desktop) })).toBe('CRYPTO_DECRYPT');
      }),
      CRYPTO,
    );
  });

  test('a changed IV, which the signature does not cover, gives the same content or does not decrypt; an envelope proof refuses it', async () => {
    await fc.assert(
      fc.asyncProperty(sent, byteChange, async (sending, change) => {
        const { instant, reliable, options } = await sending;
        const IV = editBase64(textOf(reliable.fields, 'IV'), change);
        const text = await opened(altered(reliable, { IV }), options);
        expect(['CRYPTO_DECRYPT', instant.content.serialize()]).toContain(text);
        const proven = await proveEnvelope(context, reliable, signKey);
        expect(await verifyEnvelopeProof(context, await verifiedOf(proven))).toBe(true);
        expect(await verifyEnvelopeProof(context, await verifiedOf(altered(proven, { IV })))).toBe(false);
      }),
      CRYPTO,
    );
  });

  test('data that its own sender changed and signed does not decrypt, or is another content: CBC cannot tell', async () => {
    await fc.assert(
      fc.asyncProperty(sent, byteChange, async (sending, change) => {
        const { instant, reliable, options } = await sending;
        const tampered = altered(reliable, { data: editBase64(reliable.data, change) });
        const text = await opened(await signMessage(tampered, signKey), options);
        expect(text).not.toBe(instant.content.serialize());
        if (!text.startsWith('{')) expect(text).toMatch(/^(CRYPTO_DECRYPT|INPUT_\w+)$/);
      }),
      CRYPTO,
    );
  });
});

describe('what an instant message should not carry', () => {
  const leftOver = fc.record(
    {
      data: fc.constant('AAAA'),
      key: fc.constant('AAAA'),
      keys: fc.constant({ 'anyone@anywhere': 'AAAA' }),
      signature: fc.constant('AAAA'),
      envelope_proof: fc.constant({ signature: 'AAAA' }),
    },
    { requiredKeys: [] },
  );

  test('fields of an earlier encryption and signature do not come into the next one', async () => {
    await fc.assert(
      fc.asyncProperty(sent, leftOver, fc.boolean(), async (sending, stale, isReused) => {
        const { instant, options } = await sending;
        const found = context.InstantMessage.parse({ ...instant.fields, ...stale });
        const messageKey = await context.SymmetricKey.generate('AES');
        const recipients = isReused ? 'reused' : [await recipient(options.receiver, phone)];
        const reliable = await seal(found, { messageKey, recipients });
        const received = context.ReliableMessage.parse(reliable.toMap());
        expect([received.hasKey, received.key, received.envelopeProof]).toEqual([!isReused, undefined, undefined]);
        expect(await opened(received, { ...options, reusedKeys: [messageKey] })).toBe(instant.content.serialize());
      }),
      CRYPTO,
    );
  });
});

describe('broadcasts', () => {
  test('the content is in the clear and comes back whole; a changed character is refused', async () => {
    await fc.assert(
      fc.asyncProperty(userId, broadcastId, content, byteChange, async (from, to, said, change) => {
        const [sender, receiver] = idsOf(from, to);
        if (sender === undefined || receiver === undefined) throw new Error('no IDs');
        const instant = InstantMessage.create(Envelope.create({ sender, receiver }), said);
        const reliable = await signMessage(broadcastMessage(instant), signKey);
        const received = context.ReliableMessage.decode(reliable.encode());
        expect(received.data).toBe(said.serialize());
        expect(await opened(received, { receiver: sender, privateKeys: [] })).toBe(said.serialize());
        const changed = new TextDecoder().decode(change(received.dataBytes));
        expect(await verifyWith(altered(received, { data: changed }), [signKey])).toBe(false);
      }),
      CRYPTO,
    );
  });
});

describe('the direction of a key', () => {
  test('goes from the sender to the group, where the message has one that is not everybody, else to the receiver', () => {
    const anyReceiver = fc.oneof(userId, groupId, broadcastId);
    const anyGroup = fc.option(fc.oneof(groupId, fc.constant('everyone@everywhere')), { nil: undefined });
    fc.assert(
      fc.property(userId, anyReceiver, anyGroup, (from, to, exposed) => {
        const [sender, receiver, group] = idsOf(from, to, ...(exposed === undefined ? [] : [exposed]));
        if (sender === undefined || receiver === undefined) throw new Error('no IDs');
        const envelope = Envelope.create({ sender, receiver, group });
        const direction = keyDirection(envelope);
        const reread = keyDirection(context.Envelope.parse(envelope.toMap()));
        expect([direction.sender, direction.destination].map(String)).toEqual(
          [reread.sender, reread.destination].map(String),
        );
        expect(direction.sender).toBe(sender);
        expect([receiver, group]).toContain(direction.destination);
        // A key of people never becomes the key of a broadcast, nor the other way round.
        if (envelope.isBroadcast) expect(direction.destination.isBroadcast).toBe(true);
        else expect(direction.destination).toBe(group ?? receiver);
      }),
    );
  });
});
