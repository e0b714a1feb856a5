/** The station answers as a deployed one did, to the same requests in the same order. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { type Connection, silentLogger } from 'dimsdk';
import type { JsonMap, Messenger } from 'dimp';
import { createTestNetwork, TestClock, type TestNetwork } from '../../src/network/index.ts';
import { assistant, messengerOf, plain, rules, summaryOf, user, type Name, type Rule } from './captured-world.ts';

/** When the run was. */
const START = 1_795_643_593;
const NAMES: readonly Name[] = ['alice', 'bob', 'carol'];

/** What came over one connection. */
class Line {
  readonly payloads: Uint8Array[] = [];
  session = '';

  readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
    void this.#read();
  }

  async #read(): Promise<void> {
    for await (const payload of this.connection.incoming) {
      this.payloads.push(payload.bytes);
      payload.acknowledge();
    }
  }
}

describe('the station answers as a deployed one did', () => {
  const messengers = new Map<Name, Messenger>();
  const lines = new Map<number, Line>();
  const clock = new TestClock({ start: START });
  let network: TestNetwork;

  async function lineOf(number: number): Promise<Line> {
    const { signal } = new AbortController();
    const options = { clock, logger: silentLogger, signal };
    const line = lines.get(number) ?? new Line(await network.transport.connect(network.address, options));
    lines.set(number, line);
    return line;
  }

  async function say(rule: Omit<Rule, 'answers' | 'note'>): Promise<readonly JsonMap[]> {
    const line = await lineOf(rule.connection);
    const { session } = rule.content;
    const isRight = typeof session === 'string' && !/^0+$/.test(session);
    const content = plain.Content.parse({ ...rule.content, ...(isRight && { session: line.session }) });
    const receiver = plain.ID.parse(rule.receiver);
    const time = clock.now();
    const packed = await messengers.get(rule.sender)?.pack(content, receiver, { introduce: rule.isIntroduced, time });
    await line.connection.send(packed ?? new Uint8Array());
    await clock.advance(1);
    const answers = [];
    for (const payload of line.payloads.splice(0)) answers.push(await read(line, payload));
    return answers.filter((answer) => answer !== undefined);
  }

  /** Answers of the station; what others say is no matter of it. */
  async function read(line: Line, payload: Uint8Array): Promise<JsonMap | undefined> {
    const message = plain.ReliableMessage.decode(payload);
    if (!message.sender.equals(network.station.id)) return undefined;
    const name = NAMES.find((each) => user(each).id.equals(message.receiver)) ?? 'alice';
    const { content } = (await messengers.get(name)?.open(message)) ?? { content: undefined };
    const fields = content?.fields ?? {};
    for (const each of [fields, ...((fields['contents'] ?? []) as JsonMap[])])
      if (typeof each['session'] === 'string') line.session = each['session'];
    return {
      to: message.receiver.toString(),
      isIntroduced: message.attachedMeta !== undefined,
      ...summaryOf(fields),
    };
  }

  beforeAll(async () => {
    const names = { archivist: assistant, assistant };
    const quirks = { sendsSecondPart: true };
    network = await createTestNetwork({ dim: plain, seed: 1, clock, station: user('station'), names, quirks });
    for (const name of NAMES) {
      messengers.set(name, await messengerOf(plain, name, () => clock.now()));
      await plain.addContact(network.store, user(name));
    }
    // They were at this station before.
    const station = { did: user('station').id.toString(), host: '127.0.0.1', port: 9394 };
    const bob = user('bob').id;
    const tablet = user('carol').id.at('tablet');
    for (const [sender, did] of [
      ['bob', bob],
      ['carol', tablet],
    ] as const) {
      const content = { type: 136, sn: 1, time: START - 60, command: 'login', did: did.toString(), station };
      await say({ connection: 0, sender, receiver: station.did, isIntroduced: false, content });
    }
  });

  test.each(rules.map((rule, index) => [index, rule.note, rule] as const))('%i: %s', async (_index, _note, rule) => {
    expect(inAnyOrder(await say(rule))).toEqual(inAnyOrder(rule.answers));
  });
});

/** Answers to different messages may come in any order. */
function inAnyOrder(answers: readonly JsonMap[]): readonly JsonMap[] {
  return [...answers].sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
}
