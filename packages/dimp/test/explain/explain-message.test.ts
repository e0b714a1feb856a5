/** What an explanation says of each part of a message, what it never says, and what it never does. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import {
  createDim,
  DimError,
  explainMessage,
  FileContent,
  MemoryStore,
  openMessage,
  stringifyJson,
  TextContent,
  type Content,
  type ExplainOptions,
  type FieldExplanation,
  type Key,
  type Memory,
  type MessageExplanation,
  type PackOptions,
} from '../../src/index.ts';
import { encodeUtf8, textOf } from '../../src/extend.ts';
import { standardPlugin } from 'dimplugins';
import { commands, leaves, nests, withNetwork } from '../properties/arbitraries.ts';
import { twinOf, withTwins, alice as aliceWithTwins } from '../trust/twins.ts';
import { alice, bob, carol, changed, dim, errorOf, group, mallory, mapOf, storeOf } from '../world.ts';
import { checkShape, onlyRead } from './verdicts.ts';

const PHONE = bob.id.at('phone');
const hello = () => TextContent.create('Hello Bob', { time: 4_000_000_000 });
const atThatTime = { clock: () => 4_000_000_100 };

let store: MemoryStore;
let sender: ReturnType<typeof dim.messenger>;
beforeAll(async () => {
  store = await storeOf(bob);
  sender = dim.messenger({ self: alice.id, store: await storeOf(alice) });
});

async function explain(bytes: Uint8Array, options: ExplainOptions = {}): Promise<MessageExplanation> {
  const given = { self: PHONE, memory: onlyRead(store), ...atThatTime, ...options };
  const explanation = await explainMessage(dim, bytes, given);
  checkShape(explanation);
  return explanation;
}

const explainPacked = async (content: Content, options?: PackOptions) =>
  explain(await sender.pack(content, bob.id, options));

describe('who vouches for the envelope', () => {
  function signedIn({ envelope }: MessageExplanation): object {
    const { sender: from, receiver, group: of, time, type } = envelope;
    const signed = (field: FieldExplanation<unknown>) => (field.is === 'read' ? field.signed : field.is);
    return {
      sender: signed(from),
      receiver: signed(receiver),
      group: signed(of),
      time: signed(time),
      type: signed(type),
    };
  }

  test('nobody, but for what the signed content says too', async () => {
    const explanation = await explainPacked(hello());
    expect(signedIn(explanation)).toEqual({
      sender: 'signature',
      receiver: 'nothing',
      group: 'absent',
      time: 'content',
      type: 'content',
    });
    const later = changed(await sender.pack(hello(), bob.id), { time: 4_000_000_001.5 });
    const shifted = await explain(later);
    expect(signedIn(shifted)).toMatchObject({ time: 'nothing', type: 'content' });
    expect(shifted.content).toMatchObject({ is: 'read', timeDifference: 1.5 });
  });

  test('the sender, by a proof; of a part of a message to a group, not for the member whom it reached', async () => {
    expect(signedIn(await explainPacked(hello(), { proveEnvelope: true }))).toMatchObject({
      sender: 'proof',
      receiver: 'proof',
      time: 'proof',
    });
    const toGroup = TextContent.create('Hello all', { group: group.id, time: 4_000_000_000 });
    const whole = await sender.pack(toGroup, group.id, { proveEnvelope: true });
    expect(signedIn(await explain(whole))).toMatchObject({ receiver: 'proof' });
    const part = await explain(changed(whole, { receiver: bob.id.toString(), group: group.id.toString() }));
    expect(signedIn(part)).toMatchObject({ receiver: 'nothing', group: 'proof', time: 'proof' });
    expect(part.proof).toEqual({ is: 'verified', group: group.id.toString() });
  });

  test('for a terminal nobody, unless it is proven', async () => {
    const bytes = changed(await sender.pack(hello(), bob.id), { receiver: PHONE.toString() });
    expect((await explain(bytes)).envelope.receiver).toMatchObject({ unsignedTerminal: 'phone' });
  });

  test('a receiver that is absent is anyone', async () => {
    const explanation = await explain(changed(await sender.pack(hello(), bob.id), { receiver: undefined }));
    expect(explanation.envelope.receiver).toMatchObject({ value: 'anyone@anywhere', isImplied: true });
    expect(explanation.envelope.isBroadcast).toBe(true);
  });

  test('a proof that does not hold, and one that is demanded', async () => {
    const bytes = changed(await sender.pack(hello(), bob.id, { proveEnvelope: true }), { time: 5 });
    const wrong = await explain(bytes);
    expect([wrong.signature.is, wrong.proof.is, wrong.opening]).toEqual([
      'verified',
      'wrong',
      expect.objectContaining({ is: 'failed', fault: expect.objectContaining({ path: 'envelope_proof' }) }),
    ]);
    const demanded = await explain(await sender.pack(hello(), bob.id), { requireEnvelopeProof: true });
    expect(demanded.proof).toEqual({ is: 'absent', isDemanded: true });
    expect(demanded.opening.is).toBe('failed');
  });
});

describe('who signed', () => {
  test('a known sender, and one who is seen for the first time', async () => {
    const bytes = await sender.pack(hello(), bob.id, { introduce: true });
    const known = await explain(bytes);
    expect(known.signature).toEqual({
      is: 'verified',
      by: {
        id: alice.id.toString(),
        key: 'meta',
        algorithm: 'ECC',
        fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/),
        metaFrom: 'memory',
      },
    });
    expect(known.introduction).toEqual({ is: 'known', meta: { is: 'known' }, visa: { is: 'known' } });
    const stranger = await explain(bytes, { memory: await storeOf(bob, [bob]) });
    expect(stranger.signature).toMatchObject({ is: 'verified', by: { metaFrom: 'message' } });
    expect(stranger.introduction).toEqual({ is: 'kept', meta: { is: 'new' }, visa: { is: 'new' } });
  });

  test('the fingerprint is of the key, however it is written', async () => {
    const bytes = await sender.pack(hello(), bob.id, { introduce: true });
    const { meta } = mapOf(bytes) as { readonly meta: { readonly key: { readonly data: string } } };
    const short = { ...meta, key: { ...meta.key, data: meta.key.data.replaceAll('\n', '\r\n') } };
    const ofStranger = await explain(changed(bytes, { meta: short }), { memory: await storeOf(bob, [bob]) });
    expect(ofStranger.signature).toEqual({
      ...(await explain(bytes, { memory: await storeOf(bob, [bob]) })).signature,
    });
  });

  test('another identity than the known one is an alarm', async () => {
    const memory = new MemoryStore();
    await withTwins.addUser(memory, bob);
    await withTwins.addContact(memory, aliceWithTwins);
    const ofMallory = dim.messenger({ self: mallory.id, store: await storeOf(mallory) });
    const forged = changed(await ofMallory.pack(hello(), bob.id), {
      sender: aliceWithTwins.id.toString(),
      meta: twinOf(mallory),
    });
    const explanation = await explainMessage(withTwins, forged, { memory, self: bob.id, ...atThatTime });
    expect(explanation.signature.is).toBe('another-identity');
    expect(explanation.introduction.meta.is).toBe('wrong');
    expect(explanation.faults.items[0]).toMatchObject({ code: 'CRYPTO_META_CHANGED' });
  });

  test('what is damaged beside the data does not hide whose the data are', async () => {
    const bytes = changed(await sender.pack(hello(), bob.id), { time: 'soon', meta: 'mine', keys: [] });
    const { signature, faults, opening, envelope } = await explain(bytes);
    expect(signature.is).toBe('verified');
    expect(opening.is).toBe('failed');
    expect(faults.items.map(({ path }) => path).toSorted()).toEqual(['keys', 'meta', 'time']);
    expect(envelope).toMatchObject({ sender: { is: 'read' }, time: { is: 'damaged', shown: '"soon"' } });
  });
});

describe('what is in it', () => {
  test('says of a content which kind it is, and whether it would be read', async () => {
    const bytes = await sender.pack(hello(), bob.id);
    const facts = { is: 'read', from: 'decrypted', kind: 'text', type: '1', time: 4_000_000_000 };
    expect((await explain(bytes)).content).toMatchObject({ ...facts, agreement: { is: 'agrees' }, freshness: 'new' });
    expect((await explain(bytes, { replay: false })).content).toMatchObject({ freshness: 'not-asked' });
    const late = await explain(bytes, { clock: () => 4_100_000_000 });
    expect([late.opening.is, late.content]).toEqual(['failed', expect.objectContaining({ freshness: 'too-late' })]);
    const early = await explain(bytes, { clock: () => 3_900_000_000 });
    expect(early.content).toMatchObject({ ...facts, freshness: 'too-early' });
    const memory = await storeOf(bob);
    const { changes } = await openMessage(dim, memory, dim.ReliableMessage.decode(bytes), {
      self: PHONE,
      ...atThatTime,
    });
    memory.commit(changes);
    const again = await explain(bytes, { memory });
    expect([again.opening, again.content]).toEqual([
      expect.objectContaining({ is: 'failed', fault: expect.objectContaining({ code: 'INPUT_REPLAY' }) }),
      expect.objectContaining({ ...facts, freshness: 'read-before' }),
    ]);
  });

  test('a damaged content still says of which type it is; one that does not decrypt says nothing', async () => {
    const readers = createDim({ plugins: [standardPlugin()], limits: { contentDepth: 0 } });
    const nested = dim.Content.parse({ type: '202', sn: 7, time: 4_000_000_000, contents: [hello().fields] });
    const bytes = await sender.pack(nested, bob.id);
    const damaged = await explainMessage(readers, bytes, { memory: store, self: PHONE, ...atThatTime });
    expect(damaged.content).toMatchObject({ is: 'damaged', from: 'decrypted', type: '202', sn: '7' });
    expect(damaged.opening).toMatchObject({ is: 'failed', fault: { code: 'INPUT_LIMIT' } });
    const { IV } = mapOf(await sender.pack(hello(), bob.id));
    const garbled = await explain(changed(await sender.pack(hello(), bob.id), { IV }));
    expect([garbled.opening, garbled.content]).toEqual([
      expect.objectContaining({ is: 'failed', fault: expect.objectContaining({ code: 'CRYPTO_DECRYPT' }) }),
      { is: 'sealed' },
    ]);
  });

  test('a broadcast is read by whoever looks at it, signed or not', async () => {
    const anyone = dim.ID.parse('anyone@anywhere');
    const bytes = await sender.pack(hello(), anyone, { introduce: true });
    expect((await explainMessage(dim, bytes)).content).toMatchObject({ from: 'clear-and-signed', kind: 'text' });
    const forged = changed(bytes, { data: stringifyJson(TextContent.create('Hi').fields) });
    const { content, signature, opening } = await explainMessage(dim, forged);
    expect([content, signature.is, opening.is]).toEqual([
      expect.objectContaining({ from: 'clear-and-unsigned', kind: 'text' }),
      'wrong',
      'not-tried',
    ]);
  });

  test('what it says is told to those who ask for it, without the keys of files', async () => {
    const key = dim.SymmetricKey.parse({ algorithm: 'AES', data: 'AwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwM=' });
    const file = FileContent.create(
      { url: 'https://example.com/a', filename: 'a.txt', key: key.fields },
      { time: 4_000_000_000 },
    );
    const bytes = await sender.pack(file, bob.id);
    expect(JSON.stringify(await explain(bytes))).not.toContain('example.com');
    const shown = await explain(bytes, { showContent: true });
    expect(shown.content).toMatchObject({
      shown: { URL: 'https://example.com/a', key: { algorithm: 'AES', data: '(a key)' } },
    });
    expect(JSON.stringify(shown)).not.toContain('AwMDAwMD');
  });
});

describe('what nobody knows', () => {
  const contents = fc.oneof(...[leaves, nests, commands].flatMap((kinds) => Object.values(kinds)));
  /** The names that the arbitraries give to fields that mean nothing. */
  const OF_NOBODY = /^content\.("?x-|__proto__|constructor|toString|S|"你好")/u;

  test('is named, and nothing that the protocol has', async () => {
    await fc.assert(
      fc.asyncProperty(contents, async (content) => {
        const bytes = encodeUtf8(stringifyJson({ sender: alice.id.toString(), content }));
        const explanation = await explainMessage(withNetwork, bytes);
        expect(explanation.content).toMatchObject({ is: 'read', from: 'clear-and-unsigned' });
        for (const name of explanation.unknownFields.items) expect(name).toMatch(OF_NOBODY);
      }),
      { numRuns: 300 },
    );
  });

  test('in a message, its meta and its visa; what stations add is known', async () => {
    const bytes = await sender.pack(hello(), bob.id, { introduce: true });
    const { meta, visa } = mapOf(bytes) as { readonly meta: object; readonly visa: object };
    const more = { S: 1, 'a\u202eb': 2, rcpt: 'x', traces: [], meta: { ...meta, x: 1 }, visa: { ...visa, y: 1 } };
    const { unknownFields } = await explain(changed(bytes, more));
    expect(unknownFields).toEqual({ items: ['S', String.raw`"a\u{202e}b"`, 'meta.x', 'visa.y'], more: 0 });
  });
});

describe('what may be large', () => {
  test('is counted, and a few are shown: those for the reader first', async () => {
    const bytes = await sender.pack(hello(), bob.id);
    const { keys } = mapOf(bytes) as { readonly keys: object };
    const others = Array.from({ length: 5000 }, (_, index): [string, string] => [
      `${carol.id.toString()}/t${index}`,
      'AAAA',
    ]);
    const unknown = Array.from({ length: 1000 }, (_, index): [string, number] => [`x${index}`, index]);
    const large = { ...Object.fromEntries(unknown), keys: { ...Object.fromEntries(others), ...keys } };
    const explanation = await explain(changed(bytes, large));
    expect(explanation.opening.is).toBe('opened');
    const { entries } = explanation.keys as Extract<MessageExplanation['keys'], { is: 'carried' }>;
    expect([entries.items.length, entries.items.length + entries.more]).toEqual([16, 5000 + Object.keys(keys).length]);
    expect(entries.items[0]).toMatchObject({ id: bob.id.toString(), isForSelf: true });
    expect(explanation.unknownFields).toMatchObject({ more: 984 });
    expect(JSON.stringify(explanation).length).toBeLessThan(20_000);
  });

  test('is not read past the limits', async () => {
    const small = createDim({ plugins: [standardPlugin()], limits: { messageBytes: 1000 } });
    const { form, opening } = await explainMessage(small, new Uint8Array(1001), { self: bob.id });
    expect([form.is, opening]).toEqual([
      'unreadable',
      expect.objectContaining({ fault: expect.objectContaining({ code: 'INPUT_LIMIT' }) }),
    ]);
  });
});

describe('what it does not do', () => {
  /** A part of a key's data that is of the secret in it, without line breaks. */
  function partOf(key: Key | undefined): string {
    const data = textOf(key?.fields ?? {}, 'data').replaceAll(/-----[A-Z ]{1,40}-----|\n/g, '');
    const start = Math.floor(data.length * 0.3);
    return data.slice(start, start + 20);
  }

  test('it keeps nothing, and whoever reads the message afterwards reads it for the first time', async () => {
    const memory = await storeOf(bob, [bob]);
    const bytes = await sender.pack(hello(), bob.id, { introduce: true, reuseKey: true });
    const before = JSON.stringify(memory.replayWindow);
    await explain(bytes, { memory });
    expect([JSON.stringify(memory.replayWindow), memory.meta(alice.id)]).toEqual([before, undefined]);
    const messenger = dim.messenger({ self: PHONE, store: memory, ...atThatTime });
    expect((await messenger.unpack(bytes)).introduction).toBe('kept');
  });

  test('it asks memory for each thing once', async () => {
    const memory = onlyRead(store);
    await explain(await sender.pack(hello(), bob.id, { introduce: true }), { memory });
    expect(memory.asked.toSorted()).toEqual([...new Set(memory.asked)].toSorted());
  });

  test('it shows no private key and no message key', async () => {
    const bytes = await sender.pack(hello(), bob.id, { introduce: true, reuseKey: true });
    const { value } = await openMessage(dim, store, dim.ReliableMessage.decode(bytes), { self: PHONE, ...atThatTime });
    const secrets = [value.messageKey, bob.keys.identity, ...bob.keys.decrypt.map(({ key }) => key)];
    const text = JSON.stringify(await explain(bytes, { showContent: true })).replaceAll(String.raw`\n`, '');
    for (const secret of secrets) {
      const part = partOf(secret);
      expect(part).toHaveLength(20);
      expect(text).not.toContain(part);
    }
    // Nor of a key that somebody gives it for a message.
    const ofKey = await explain(encodeUtf8(JSON.stringify(bob.keys.identity)), { showContent: true });
    expect(ofKey.form.is).toBe('key');
    expect(JSON.stringify(ofKey)).not.toContain(partOf(bob.keys.identity));
  });

  test('it throws for wrong use alone', async () => {
    const bytes = encodeUtf8('{}');
    const wrong: readonly [() => unknown, string][] = [
      [() => explainMessage(dim, '{}' as never), 'bytes'],
      [() => explainMessage(undefined as never, bytes), 'context'],
      [() => explainMessage(dim, bytes, { self: group.id }), 'self'],
      [() => explainMessage(dim, bytes, { self: 'bob' as never }), 'self'],
      [() => explainMessage(dim, bytes, { memory: {} as never }), 'memory'],
      [() => explainMessage(dim, bytes, { showContent: 'yes' as never }), 'showContent'],
      [() => explainMessage(dim, bytes, { replay: { maxAge: NaN } }), 'replay.maxAge'],
      [() => explainMessage(dim, bytes, { clock: () => NaN }), 'clock'],
    ];
    for (const [call, path] of wrong) {
      const error = await errorOf(call);
      expect([error.code, error.path]).toEqual(['USAGE_ARGUMENT', path]);
    }
  });

  test.each(['meta', 'documents', 'keys', 'readState'] as const)(
    'an error of the memory arrives as it is: %s',
    async (method) => {
      const bytes = await sender.pack(hello(), bob.id, { introduce: true });
      // Whatever its code, it says nothing of the message.
      for (const failure of [
        new Error('disk'),
        new DimError('STORE_CLOSED', 'closed'),
        new DimError('INPUT_REPLAY', ''),
      ]) {
        const memory: Memory = {
          ...onlyRead(store),
          [method]: () => {
            throw failure;
          },
        };
        await expect(explainMessage(dim, bytes, { memory, self: PHONE, ...atThatTime })).rejects.toBe(failure);
      }
    },
  );

  test('what memory gives that cannot be right is no word about the message', async () => {
    const memory: Memory = { ...onlyRead(store), meta: () => ({ meta: bob.meta, isProven: true }) };
    const { code } = await errorOf(async () => explain(await sender.pack(hello(), bob.id), { memory }));
    expect(code).toBe('INTERNAL_STORE');
  });
});
