/** Messages on every way: personal, to groups, split, broadcast, forwarded, with keys of each kind, in each shape. */
import { splitMessage, stringifyJson, type JsonMap } from 'dimp';
import { changeFields, encodeUtf8, isJsonMap, parseJsonMap } from 'dimp/extend';
import { Difference, pack, send, type Exchange, type Sending } from '../exchange.ts';
import { dim } from '../own/dim.ts';
import { understand, type Scenario } from '../scenario.ts';
import { shapeFor } from '../shapes.ts';
import { Unsupported } from '../side.ts';
import { newPerson, PEOPLE, type Entity, type PersonName } from '../world.ts';

const TEXT = 'Hello, world! é 漢字 😀';

/** A text from one person to another. */
async function sendText(
  exchange: Exchange,
  from: PersonName,
  to: PersonName,
  more: Partial<Sending> = {},
): Promise<string> {
  const { writer, reader, world } = exchange;
  const [sender, receiver] = [await world.person(writer, from), await world.person(reader, to)];
  return send(exchange, { sender: sender.id, receiver: receiver.id, kind: 'text', values: { text: TEXT }, ...more });
}

/** A text to a group, which one of its members reads. */
async function sendToGroup(
  exchange: Exchange,
  to: PersonName,
  more: (group: Entity, member: string) => Partial<Sending> = () => ({}),
): Promise<string> {
  const { writer, reader, world } = exchange;
  const [sender, group] = [await world.person(writer, 'MKM with ECC'), await world.group(writer)];
  const member = (await world.person(reader, to)).id;
  return send(exchange, {
    sender: sender.id,
    receiver: group.id,
    as: member,
    kind: 'text',
    values: { text: TEXT, group: group.id },
    ...more(group, member),
  });
}

/** What a bot makes of a group's message for one member. */
export function splitFor(member: string): (message: JsonMap) => JsonMap {
  return (message) => {
    const whole = dim.ReliableMessage.decode(encodeUtf8(stringifyJson(message)));
    const [part] = splitMessage(dim, whole, [dim.ID.parse(member)]);
    if (part?.message === undefined) throw new Difference(`the message has no key for ${member}`);
    return part.message.fields;
  };
}

/** The part of a member as clients of earlier years got it: with the key alone, and not by whose it is. */
function withOneKey(part: JsonMap): JsonMap {
  const [key = ''] = Object.values(isJsonMap(part['keys']) ? part['keys'] : {});
  return changeFields(part, { keys: undefined, key });
}

/** Nobody knows the sender before this message. */
async function sendAsStranger(exchange: Exchange, more: JsonMap): Promise<string> {
  const { writer, reader, world } = exchange;
  const stranger = await newPerson(writer, PEOPLE['MKM with RSA']);
  const receiver = await world.person(reader, 'MKM with ECC');
  const values = { text: TEXT };
  const options = { introduce: true, ...more };
  return send(exchange, { sender: stranger.id, receiver: receiver.id, kind: 'text', values, options });
}

/** The second message brings no key, and the reader takes that of the first. */
async function reuseKey(exchange: Exchange): Promise<void> {
  await sendText(exchange, 'ETH with ECC', 'ETH with ECC', { options: { keepKey: true } });
  const second = await sendText(exchange, 'ETH with ECC', 'ETH with ECC', { options: { reuseKey: true } });
  const { keys, key } = parseJsonMap(second);
  // The digest says which key it was.
  const names = isJsonMap(keys) ? Object.keys(keys).filter((name) => name !== 'digest') : [];
  if (names.length > 0 || key !== undefined) throw new Error('the second message brings a key');
}

/** One message in another: for a third person, who reads it afterwards. */
async function forward(exchange: Exchange, count: number): Promise<void> {
  const { writer, reader, world } = exchange;
  const sender = await world.person(writer, 'MKM with ECC');
  const carrier = await world.person(writer, 'MKM with RSA');
  const receiver = await world.person(reader, 'with terminals');
  const secrets: { readonly package: string }[] = [];
  for (let index = 0; index < count; index++) {
    const values = { text: `${TEXT} ${index}` };
    secrets.push(await pack(exchange, { sender: sender.id, receiver: receiver.id, kind: 'text', values }));
  }
  const values = { messages: secrets.map((secret) => secret.package) };
  await send(exchange, { sender: carrier.id, receiver: receiver.id, kind: 'forward', values });
  for (const secret of secrets) {
    await reader.request('unpack', { receiver: receiver.id, kind: 'text', package: secret.package });
  }
}

/** Short names came later than what the shape deployed writes. */
function needShortNames({ writer, reader }: Exchange): void {
  if (!writer.introduction.shortNames || shapeFor(reader) === 'deployed') throw new Unsupported('no short names');
}

/** In a shape that only some write. */
function inShape(shape: string, to: PersonName = 'MKM with ECC', more: Partial<Sending> = {}) {
  return async (exchange: Exchange): Promise<unknown> => {
    if (!exchange.writer.introduction.shapes.includes(shape)) throw new Unsupported(`writes no ${shape}`);
    return sendText(exchange, 'MKM with RSA', to, { ...more, options: { shape } });
  };
}

function broadcastTo(receiver: string): (exchange: Exchange) => Promise<unknown> {
  return async (exchange) => {
    const reader = await exchange.world.person(exchange.reader, 'MKM with ECC');
    return sendText(exchange, 'MKM with ECC', 'MKM with ECC', { receiver, as: reader.id });
  };
}

async function sendGroupCommand(exchange: Exchange, receiver: string): Promise<string> {
  const { writer, reader, world } = exchange;
  const group = await world.group(writer);
  const [sender, member] = [await world.person(writer, 'MKM with ECC'), await world.person(reader, 'MKM with ECC')];
  return send(exchange, { sender: sender.id, receiver, as: member.id, kind: 'quit', values: { group: group.id } });
}

export const MESSAGES: readonly Scenario[] = [
  ...understand('Personal messages', {
    'from MKM with RSA to ETH with ECC': async (exchange) => sendText(exchange, 'MKM with RSA', 'ETH with ECC'),
    'from MKM with ECC to BTC with RSA': async (exchange) => sendText(exchange, 'MKM with ECC', 'BTC with RSA'),
    'from BTC with ECC to MKM with RSA': async (exchange) => sendText(exchange, 'BTC with ECC', 'MKM with RSA'),
    'from BTC with RSA to BTC with ECC': async (exchange) => sendText(exchange, 'BTC with RSA', 'BTC with ECC'),
    'from ETH with ECC to MKM with ECC': async (exchange) => sendText(exchange, 'ETH with ECC', 'MKM with ECC'),
    'to one without a visa': async (exchange) => sendText(exchange, 'MKM with ECC', 'without a visa'),
    'to one with terminals': async (exchange) => sendText(exchange, 'MKM with ECC', 'with terminals'),
    'read at a terminal': async (exchange) => {
      const { id } = await exchange.world.person(exchange.reader, 'with terminals');
      return sendText(exchange, 'MKM with ECC', 'with terminals', { as: `${id}/desk` });
    },
    'with a short and a long name': async (exchange) => {
      await sendText(exchange, 'with a short name', 'with a long name');
      return sendText(exchange, 'with a long name', 'with a short name');
    },
    'to a station and a bot': async (exchange) => {
      await sendText(exchange, 'MKM with ECC', 'a station');
      return sendText(exchange, 'MKM with ECC', 'a bot');
    },
    'short names in the package': async (exchange) => {
      needShortNames(exchange);
      return sendText(exchange, 'MKM with ECC', 'with terminals', { options: { shortNames: true } });
    },
    'a reused key': reuseKey,
    'from a stranger, with meta and visa': async (exchange) => sendAsStranger(exchange, {}),
    'from a stranger, with short names': async (exchange) => {
      needShortNames(exchange);
      return sendAsStranger(exchange, { shortNames: true });
    },
    'with an envelope proof': async (exchange) =>
      sendText(exchange, 'MKM with ECC', 'MKM with ECC', { options: { proveEnvelope: true } }),
  }),
  ...understand('Shapes', {
    '2.4': inShape('2.4'),
    deployed: inShape('deployed'),
    'deployed, from a stranger': async (exchange) => {
      if (!exchange.writer.introduction.shapes.includes('deployed')) throw new Unsupported('writes no deployed shape');
      return sendAsStranger(exchange, { shape: 'deployed' });
    },
    '2.0: one key': inShape('2.0'),
  }),
  ...understand('Group messages', {
    'to a group': async (exchange) => sendToGroup(exchange, 'MKM with ECC'),
    'to a group, read at a terminal': async (exchange) =>
      sendToGroup(exchange, 'with terminals', (_, member) => ({ as: `${member}/phone` })),
    'split, with keys and the group': async (exchange) =>
      sendToGroup(exchange, 'MKM with ECC', (_, member) => ({
        carry: splitFor(member),
      })),
    'split, for terminals': async (exchange) =>
      sendToGroup(exchange, 'with terminals', (_, member) => ({
        carry: splitFor(member),
      })),
    'split, with one key': async (exchange) =>
      sendToGroup(exchange, 'MKM with ECC', (_, member) => ({
        carry: (message) => withOneKey(splitFor(member)(message)),
      })),
    'for one member, the group hidden': async (exchange) =>
      sendToGroup(exchange, 'MKM with ECC', (_, member) => ({ receiver: member })),
    'for one member, the group exposed': async (exchange) =>
      sendToGroup(exchange, 'MKM with ECC', (group, member) => ({
        receiver: member,
        options: { exposedGroup: group.id },
      })),
    'a reused key': async (exchange) => {
      await sendToGroup(exchange, 'MKM with ECC', () => ({ options: { keepKey: true } }));
      return sendToGroup(exchange, 'MKM with ECC', () => ({ options: { reuseKey: true } }));
    },
  }),
  ...understand('Broadcast', {
    'to anyone@anywhere': broadcastTo('anyone@anywhere'),
    'to everyone@everywhere': broadcastTo('everyone@everywhere'),
    'to station@anywhere': broadcastTo('station@anywhere'),
    'a handshake for all stations': async (exchange) => {
      const { writer, reader, world } = exchange;
      const [client, station] = [await world.person(writer, 'MKM with ECC'), await world.person(reader, 'a station')];
      const values = { title: 'Hello world!', group: 'stations@everywhere' };
      return send(exchange, { sender: client.id, receiver: station.id, kind: 'handshake', values });
    },
    'a group command to everyone': async (exchange) => sendGroupCommand(exchange, 'everyone@everywhere'),
    'a group command to anyone': async (exchange) => sendGroupCommand(exchange, 'anyone@anywhere'),
  }),
  ...understand('Forwarded messages', {
    'one secret': async (exchange) => forward(exchange, 1),
    'three secrets': async (exchange) => forward(exchange, 3),
  }),
];
