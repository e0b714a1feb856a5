/** What deployed clients sent each other: each of them, played by this one, has the group that they had. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { standardPlugin } from 'dimplugins';
import {
  createDim,
  DocumentsCommand,
  ForwardContent,
  ReceiptCommand,
  type Content,
  type ID,
  type JsonMap,
  type User,
  type Visa,
} from 'dimp';
import { Device, TestClock } from './world.ts';

interface CapturedUser {
  readonly did: string;
  readonly meta: JsonMap;
  readonly visas: readonly JsonMap[];
  readonly identity: JsonMap;
  readonly decrypt: readonly JsonMap[];
}

interface Captured {
  readonly group: string;
  readonly station: Pick<CapturedUser, 'did' | 'meta' | 'visas'>;
  readonly users: Readonly<Record<Name, CapturedUser>>;
  /** Of each client: what the station brought, and what it signed for all and sent. */
  readonly packets: Readonly<
    Record<Name, readonly { readonly from: string; readonly what: string; readonly messages: readonly JsonMap[] }[]>
  >;
}

type Name = 'alice' | 'bob' | 'carol';

const captured = JSON.parse(readFileSync(new URL('captured/group-session.json', import.meta.url), 'utf8')) as Captured;
const dim = createDim({ plugins: [standardPlugin()], wireShape: 'deployed' });
const group = dim.ID.parse(captured.group);
const NAMES = ['alice', 'bob', 'carol'] as const;

function contactOf({ did, meta, visas }: Captured['station']): Omit<User, 'keys'> {
  return {
    id: dim.ID.parse(did),
    meta: dim.Meta.parse(meta),
    visas: visas.map((visa) => dim.Document.parse(visa) as Visa),
  };
}

function userOf(user: CapturedUser): User {
  const { identity, decrypt } = user;
  return {
    ...contactOf(user),
    keys: {
      identity: dim.PrivateKey.parse(identity),
      decrypt: decrypt.map((key) => ({ key: dim.DecryptKey.parse(key) })),
    },
  };
}

const users = {
  alice: userOf(captured.users.alice),
  bob: userOf(captured.users.bob),
  carol: userOf(captured.users.carol),
};

function nameOf(id: ID): string {
  return NAMES.find((name) => users[name].id.equals(id)) ?? id.toString();
}

/** A device that has read what one of the clients had, and what it knew after each packet. */
async function played(name: Name): Promise<{ readonly device: Device; readonly states: readonly string[] }> {
  const clock = new TestClock();
  clock.time = 1_795_643_680;
  const device = new Device(users[name], clock, undefined, dim);
  await dim.addUser(device.store, users[name]);
  for (const other of NAMES) await dim.addContact(device.store, users[other]);
  await dim.addContact(device.store, contactOf(captured.station));
  const states: string[] = [];
  for (const { what, messages } of captured.packets[name]) {
    for (const message of messages) expect(await device.receive(dim.ReliableMessage.parse(message))).toEqual([]);
    const state = await device.state(group);
    const members = state?.members.map(nameOf).join(' ') ?? '';
    states.push(`${what}: ${members} / ${state?.administrators.map(nameOf).join(' ') ?? ''}`);
  }
  return { device, states };
}

describe('a group of deployed clients', () => {
  test.each<readonly [Name, readonly string[]]>([
    [
      'alice',
      [
        'document: alice / ',
        'forward: alice bob carol / ',
        'query: alice bob carol / ',
        'forward: alice bob carol / ',
        'query: alice bob carol / ',
        'forward: alice bob carol / ',
        'document: alice bob carol / carol',
        'text: alice bob carol / carol',
        'forward: alice carol / carol',
      ],
    ],
    [
      'bob',
      [
        'forward: alice bob carol / ',
        'document: alice bob carol / ',
        'forward: alice bob carol / ',
        'text: alice bob carol / ',
        'document: alice bob carol / carol',
        'text: alice bob carol / carol',
        'forward: alice carol / carol',
      ],
    ],
    [
      'carol',
      [
        'forward: alice bob carol / ',
        'document: alice bob carol / ',
        'forward: alice bob carol / ',
        'text: alice bob carol / ',
        'document: alice bob carol / carol',
        'text: alice bob carol / carol',
        'text: alice bob carol / carol',
        'forward: alice carol / carol',
      ],
    ],
  ])('as %s saw it', async (name, expected) => {
    const { device, states } = await played(name);
    expect(states).toEqual(expected);
    expect(device.store.members(group).map(nameOf)).toEqual(['alice', 'carol']);
  });

  test('all have the same in the end, and its newest time', async () => {
    const states = await Promise.all(NAMES.map(async (name) => (await played(name)).device.state(group)));
    expect(new Set(states.map((state) => JSON.stringify(state))).size).toBe(1);
    expect(states[0]).toMatchObject({
      historyTime: 1795643669.8908176,
      documentTime: 1795643635.8829849,
      name: 'Alice, Bob, Carol',
    });
  });

  test('the questions of the others get what the deployed client answered', async () => {
    const { device } = await played('alice');
    const answers = device.sent.filter(({ content }) => content instanceof ForwardContent);
    expect(answers.map(({ receiver }) => nameOf(receiver))).toEqual(['carol', 'bob']);
    const theirs = captured.packets.alice.filter(({ from, what }) => from === 'client' && what === 'forward').slice(1);
    for (const [index, { content }] of answers.entries()) {
      const [document, reset, ...rest] = messagesOf(content);
      const [theirDocument, theirReset] = theirs[index]?.messages ?? [];
      expect(rest).toEqual([]);
      // The very command that was signed, and the same bulletin, signed for handing on.
      expect(reset?.fields['data']).toBe(theirReset?.['data']);
      const [own, other] = [document?.fields['data'], theirDocument?.['data']].map(
        (data) => JSON.parse(data as string) as JsonMap,
      );
      expect(own).toMatchObject({
        type: 136,
        command: 'document',
        cmd: 'document',
        did: captured.group,
        ID: captured.group,
        meta: other?.['meta'],
      });
      expect(own?.['document']).toMatchObject({ data: (other?.['document'] as JsonMap | undefined)?.['data'] });
    }
  });

  test('bulletins are answered as the deployed clients answered them', async () => {
    const { device } = await played('bob');
    const receipts = device.sent.map(({ content }) => content).filter((content) => content instanceof ReceiptCommand);
    expect(receipts.map(({ text, fields }) => [text, fields['template'], fields['replacements']])).toEqual(
      Array.from({ length: 3 }, () => ['Document received.', 'Document received: ${did}.', { did: captured.group }]),
    );
    expect(device.sent.every(({ receiver }) => receiver.equals(users.alice.id))).toBe(true);
    expect(device.sent.some(({ content }) => content instanceof DocumentsCommand)).toBe(false);
  });

  test('whoever left may write no longer, whoever stayed may', async () => {
    const { device } = await played('carol');
    const writers = await Promise.all(NAMES.map(async (name) => device.book.isMember(group, users[name].id)));
    expect(writers).toEqual([true, false, true]);
  });
});

function messagesOf(content: Content | undefined): ForwardContent['messages'] {
  if (content instanceof ForwardContent) return content.messages;
  throw new Error('no forward');
}
