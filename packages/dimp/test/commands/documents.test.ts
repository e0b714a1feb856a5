import { describe, expect, test } from '@jest/globals';
import { DocumentsCommand, type Document } from '../../src/index.ts';
import { alice, bob, errorOf, group } from '../world.ts';
import { checkNothingLost, COMMON, parseAs, refusalOf, reread } from './command-wire.ts';

const DID = bob.id.toString();
const VISAS = bob.visas.map((visa) => visa.toMap());
const [VISA = {}, OTHER = {}] = VISAS;
const QUERY = { type: '136', ...COMMON, command: 'documents', did: DID, last_time: 1699999999.25 };
const ANSWER = { type: '136', ...COMMON, command: 'documents', did: DID, meta: bob.meta.toMap(), documents: VISAS };
const OLD = { type: 136, ...COMMON, ID: DID };

function signaturesOf(documents: readonly Document[] | undefined): unknown {
  return documents?.map(({ fields }) => fields['signature']);
}

describe('DocumentsCommand', () => {
  test('a query is read', () => {
    const command = parseAs('documents', QUERY);
    expect(command).toMatchObject({ isQuery: true, lastTime: 1699999999.25, documents: undefined, meta: undefined });
    expect(command.did.toString()).toBe(DID);
    expect(parseAs('documents', { ...QUERY, last_time: '5.5' }).lastTime).toBe(5.5);
  });

  test('an answer is read, with a visa for each terminal', async () => {
    const command = parseAs('documents', ANSWER);
    expect([command.isQuery, command.meta?.seed, command.lastTime]).toEqual([false, 'bob', undefined]);
    expect(command.documents?.length).toBeGreaterThan(1);
    expect(command.documents?.map(({ did }) => did.toString())).toEqual(bob.visas.map(({ did }) => did.toString()));
    for (const document of command.documents ?? []) expect(await document.verify(bob.meta.publicKey)).toBe(true);
  });

  test('a list may be empty, and a query may bring the meta', () => {
    expect(parseAs('documents', { ...ANSWER, documents: [] })).toMatchObject({ isQuery: false, documents: [] });
    expect(parseAs('documents', { ...ANSWER, documents: undefined }).isQuery).toBe(true);
  });

  test('a visa for a terminal that no ID can have takes nothing from the others in the list', async () => {
    const odd = { did: DID, type: 'visa', data: JSON.stringify({ type: 'visa', did: DID, terminal: 'my phone' }) };
    const command = parseAs('documents', { ...ANSWER, document: odd, documents: [odd, ...VISAS] });
    expect(signaturesOf(command.documents)).toEqual(VISAS.map((visa) => visa['signature']));
    expect(await refusalOf(QUERY, { document: odd })).toMatchObject({ path: 'document.data.terminal' });
  });

  test('nothing is lost', async () => {
    checkNothingLost('documents', QUERY, ANSWER, { ...OLD, cmd: 'document', document: VISA });
    checkNothingLost('documents', {
      ...OLD,
      command: 'profile',
      profile: VISA['data'],
      signature: VISA['signature'],
    });
  });

  test('new ones make the round trip', () => {
    const query = reread('documents', DocumentsCommand.query(bob.id, { lastTime: 5, sn: 9 }));
    expect(query).toMatchObject({ isQuery: true, lastTime: 5, sn: 9, command: 'documents' });
    expect(DocumentsCommand.query(bob.id).toMap()).not.toHaveProperty('last_time');
    const answer = DocumentsCommand.answer(group.id, [group.bulletin], { meta: group.meta, time: 5 });
    const read = reread('documents', answer);
    expect([read.meta?.matches(group.id), read.documents?.[0]?.type, read.time]).toEqual([true, 'bulletin', 5]);
    expect(reread('documents', DocumentsCommand.answer(bob.id, []))).toMatchObject({ documents: [] });
  });

  test.each<[object, string, string]>([
    [{ did: undefined }, 'INPUT_MISSING', 'did'],
    [{ documents: VISA }, 'INPUT_TYPE', 'documents'],
    [{ documents: [VISA, null] }, 'INPUT_TYPE', 'documents[1]'],
    [{ documents: [{ ...VISA, data: '{' }] }, 'INPUT_FORMAT', 'documents[0].data'],
    [{ documents: [VISA, alice.visas[0]?.toMap()] }, 'INPUT_CONFLICT', 'documents[1].did'],
    [{ document: alice.visas[0]?.toMap() }, 'INPUT_CONFLICT', 'document.did'],
    [{ profile: 5 }, 'INPUT_TYPE', 'profile'],
    [{ profile: 'x', signature: 'c2ln' }, 'INPUT_FORMAT', 'profile.data'],
    [{ profile: '{}', signature: 5 }, 'INPUT_TYPE', 'profile.signature'],
    [{ meta: alice.meta.toMap() }, 'INPUT_CONFLICT', 'meta'],
    [{ last_time: 'x' }, 'INPUT_FORMAT', 'last_time'],
    [{ last_time: 1700000000500 }, 'INPUT_RANGE', 'last_time'],
  ])('%# is refused', async (change, code, path) => {
    expect(await refusalOf(ANSWER, change)).toMatchObject({ code, path });
  });

  test('nobody answers with a meta or document of another', async () => {
    const visas = [...bob.visas, ...alice.visas.slice(0, 1)];
    const ofDocument = await errorOf(() => DocumentsCommand.answer(bob.id, visas));
    expect(ofDocument).toMatchObject({ code: 'USAGE_ARGUMENT', path: `documents[${bob.visas.length}].did` });
    const ofMeta = await errorOf(() => DocumentsCommand.answer(bob.id, [], { meta: alice.meta }));
    expect(ofMeta).toMatchObject({ code: 'USAGE_ARGUMENT', path: 'meta' });
    expect((await errorOf(() => DocumentsCommand.query(bob.id, { lastTime: -1 }))).path).toBe('last_time');
  });
});

describe('the shapes of the years', () => {
  test.each<[string, object, unknown[]]>([
    ['one document', { command: 'document', document: VISA }, [VISA['signature']]],
    ['one profile', { command: 'profile', profile: VISA }, [VISA['signature']]],
    [
      'a profile as text, with its signature beside it',
      { command: 'profile', profile: VISA['data'], signature: VISA['signature'] },
      [VISA['signature']],
    ],
    ['a single one that is in the list too', { command: 'document', document: OTHER, documents: VISAS }, VISAS],
    [
      'all shapes in one map',
      { cmd: 'profile', profile: VISA, document: VISA, documents: [OTHER] },
      [OTHER['signature'], VISA['signature']],
    ],
  ])('%s', (_name, shape, expected) => {
    const { documents, isQuery, did } = parseAs('documents', { ...OLD, ...shape });
    const signatures = expected === VISAS ? VISAS.map((visa) => visa['signature']) : expected;
    expect([signaturesOf(documents), isQuery, did.equals(bob.id)]).toEqual([signatures, false, true]);
  });

  test('a profile as text verifies as it was signed', async () => {
    const [visa] = alice.visas;
    const { data, signature } = visa?.fields ?? {};
    const map = { ...OLD, ID: alice.id.toString(), command: 'profile', profile: data, signature };
    const [document] = parseAs('documents', map).documents ?? [];
    expect(document?.type).toBe('visa');
    expect(await document?.verify(alice.meta.publicKey)).toBe(true);
    const forged = { ...map, profile: JSON.stringify({ name: 'Mallory' }) };
    const [other] = parseAs('documents', forged).documents ?? [];
    expect(await other?.verify(alice.meta.publicKey)).toBe(false);
  });

  test('the signature in an old query is that of a document at hand, and no document', () => {
    const command = parseAs('documents', { ...OLD, command: 'profile', signature: 'c2ln' });
    expect(command).toMatchObject({ isQuery: true, documents: undefined });
  });
});
