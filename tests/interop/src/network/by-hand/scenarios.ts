/** Rows for those without a client of ours: each frame and each message is made by hand, and somebody with the peer's answers. */
import type { ID, JsonMap, User } from 'dimp';
import { isJsonMap } from 'dimp/extend';
import { Difference, same } from '../../exchange.ts';
import { asText } from '../../values.ts';
import type { DimplesPerson } from '../dimples-person.ts';
import { clientDim } from '../own-person.ts';
import { maskedFrame, type FramingName } from './frames.ts';
import { partsOf, type Heard, type PersonByHand } from './person-by-hand.ts';

/** What a row is given. */
export interface ByHandMeeting {
  readonly framing: FramingName;
  /** Somebody who has come with the peer's client, and knows nobody of these. */
  readonly peer: DimplesPerson;
  readonly words: (about: string) => string;
  /** A user who is in no row just before, and over no other framing. */
  readonly stranger: () => User;
  /** A connection of a user, which ends with the row. */
  readonly dial: (user: User) => Promise<PersonByHand>;
}

/** A row. */
export interface ByHandScenario {
  readonly name: string;
  /** Those that it is about; all, if not given. */
  readonly framings?: readonly FramingName[];
  readonly run: (meeting: ByHandMeeting) => Promise<void>;
}

const rows: Readonly<Record<string, (meeting: ByHandMeeting) => Promise<void>>> = {
  login: async ({ stranger, dial }) => {
    const { asked, accepted } = await (await dial(stranger())).logIn();
    const { content, message } = asked;
    // Nobody knows the station yet; what it says is encrypted all the same, and for this user.
    same('attached', 'meta,visa', ['meta', 'visa'].filter((name) => name in message).join());
    same('encrypted', true, 'keys' in message);
    same('a key of 64 digits', true, /^[\da-f]{64}$/.test(asText(content['session'])));
    same('the address', '127.0.0.1', asText((content['remote_address'] as readonly string[])[0]));
    const [first] = partsOf(accepted.content);
    same('the key', content['session'], first?.['session']);
    same('attached again', '', ['meta', 'visa'].filter((name) => name in accepted.message).join());
  },

  'a text each way': async ({ peer, words, stranger, dial }) => {
    const one = await dial(stranger());
    await one.logIn();
    await one.meet(peer.id);
    const text = words('From a client of theirs');
    await peer.text(one.id, text);
    await hears(one, text);
    const answer = words('Without a client');
    const sent = await one.send({ type: 1, text: answer }, peer.id);
    await peer.reads({ from: one.id, words: answer });
    await one.hears('receipt of the station', isReceipt(/^Message delivered\.$/, sent));
    await one.hears('receipt of the reader', isReceipt(/^Message received\.$/, sent));
  },

  'kept until it is acknowledged': async ({ peer, words, stranger, dial }) => {
    const user = stranger();
    const before = await dial(user);
    await before.logIn();
    await before.meet(peer.id);
    const [text, next] = [words('Did it arrive?'), words('And this?')];
    before.acknowledges = false;
    await peer.text(user.id, text);
    await hears(before, text);
    await before.close();
    const again = await dial(user);
    await again.hello();
    await again.meet(peer.id);
    await again.logIn();
    await hears(again, text);
    await again.close();
    await peer.text(user.id, next);
    const after = await dial(user);
    await after.hello();
    await after.meet(peer.id);
    await after.logIn();
    await hears(after, next);
    if (after.all.some(({ content }) => content['text'] === text))
      throw new Difference('it comes again, although it was acknowledged');
  },

  'a text before the login': async ({ peer, words, stranger, dial }) => {
    const one = await dial(stranger());
    const asked = await one.hello();
    await one.meet(peer.id);
    await peer.meet(one.id);
    const text = words('Too early');
    const from = one.events.end;
    const sent = await one.send({ type: 1, text }, peer.id);
    const { content } = await one.hears('DIM?', (heard) => heard.content['title'] === 'DIM?', { from });
    same('the key', asked.content['session'], content['session']);
    same('no address', false, 'remote_address' in content);
    await one.prove(clientDim.ID.parse(asked.sender), asked);
    await peer.reads({ from: one.id, words: text });
    await one.hears('receipt of the station', isReceipt(/^Message delivered\.$/, sent));
  },

  'two sessions of one user': async ({ peer, words, stranger, dial }) => {
    const user = stranger();
    const sessions = [await dial(user), await dial(user)];
    for (const session of sessions) {
      await session.logIn();
      await session.meet(peer.id);
    }
    const text = words('To both');
    await peer.text(user.id, text);
    for (const session of sessions) await hears(session, text);
  },

  'one receipt of the station for one text': async ({ peer, words, stranger, dial }) => {
    const one = await dial(stranger());
    const { station } = await one.logIn();
    await one.meet(peer.id);
    await peer.meet(one.id);
    const text = words('Once');
    const sent = await one.send({ type: 1, text }, peer.id);
    await peer.reads({ from: one.id, words: text });
    await behind(one, station);
    const isOfStation = isReceipt(/^Message (delivered|cached)\.$/, sent);
    const parts = one.all.flatMap((heard) => partsOf(heard.content).map((content) => ({ ...heard, content })));
    same('receipts', 1, parts.filter((part) => isOfStation(part)).length);
  },

  'PING is answered': async ({ stranger, dial }) => {
    const one = await dial(stranger());
    one.write('PING');
    await one.says('PONG');
  },

  'nobody writes for somebody else': async ({ peer, words, stranger, dial }) => {
    const [one, other] = [await dial(stranger()), await dial(stranger())];
    const { station } = await one.logIn();
    await other.logIn();
    await other.meet(peer.id);
    one.write(
      JSON.stringify(await other.pack({ type: 1, text: words('Over the connection of somebody else') }, peer.id)),
    );
    await isRefused(one, station, 'Sender not accepted.');
  },

  'no damaged signature is believed': async ({ peer, stranger, dial }) => {
    const one = await dial(stranger());
    const { station } = await one.logIn();
    const query = { command: 'meta', did: String(peer.id) };
    const [sound, damaged] = [await one.pack(query, station), await one.pack(query, station)];
    one.write(JSON.stringify({ ...damaged, signature: sound['signature'] }));
    await isRefused(one, station, 'Signature not valid.');
  },
};

/** What RFC 6455 has beside messages. */
const controlFrames: ByHandScenario = {
  name: 'control frames are answered',
  framings: ['WebSocket'],
  run: async ({ stranger, dial }) => {
    const one = await dial(stranger());
    one.writeBytes(maskedFrame(0x89, 'still there?'));
    one.write('PING');
    await one.says('PONG');
    if (!one.hasSaid('pong')) throw new Difference('a ping has no pong');
    one.writeBytes(maskedFrame(0x88, ''));
    await one.says('close');
  },
};

/** All rows, in the order in which they run. */
export const BY_HAND_SCENARIOS: readonly ByHandScenario[] = [
  ...Object.entries(rows).map(([name, run]) => ({ name, run })),
  controlFrames,
];

async function hears(one: PersonByHand, text: string): Promise<void> {
  await one.hears(`text "${text}"`, ({ content }) => content['text'] === text);
}

/** Asks the station something, and waits: what it said of all before, has come then. */
async function behind(one: PersonByHand, station: ID): Promise<void> {
  const session = 'asked behind it';
  await one.send({ command: 'handshake', title: 'Nice to meet you!', session }, station);
  await one.hears('answer', ({ content }) => partsOf(content).some((part) => part['session'] === session));
}

async function isRefused(one: PersonByHand, station: ID, text: string): Promise<void> {
  await behind(one, station);
  const isTold = one.all.some(({ content }) => partsOf(content).some((part) => part['text'] === text));
  if (!isTold) throw new Difference(`it is not refused with "${text}"`);
}

/** Whether a receipt is about a message. */
function isReceipt(text: RegExp, message: JsonMap): (heard: Heard) => boolean {
  return ({ content }) =>
    partsOf(content).some(({ text: of, origin }) => {
      if (!text.test(asText(of)) || origin === undefined || !isJsonMap(origin)) return false;
      return origin['signature'] === message['signature'];
    });
}
