/** One random scenario: who writes to whom, with which keys, what, and on which way. */
import type { JsonMap } from 'dimp';
import { pack, send, type Exchange, type Sending } from './exchange.ts';
import { randomOf, type Random } from './random.ts';
import { randomContent } from './random-values.ts';
import { namesOf } from './scenarios/contents.ts';
import { splitFor } from './scenarios/messages.ts';
import type { Scenario } from './scenario.ts';
import { shapeFor } from './shapes.ts';
import type { PersonName } from './world.ts';

/** The part of the matrix that they are. */
export const RANDOM_PART = 'Random';

const SENDERS: readonly PersonName[] = ['MKM with RSA', 'MKM with ECC', 'BTC with ECC', 'BTC with RSA', 'ETH with ECC'];
const RECEIVERS: readonly PersonName[] = [...SENDERS, 'with terminals', 'with a long name', 'a bot'];
const WAYS = [
  'personal',
  'personal',
  'group',
  'hidden group',
  'split',
  'broadcast',
  'reused key',
  'forwarded',
] as const;

/** The scenario of a seed. The keys are other ones each time. */
export function randomScenario(seed: number, isKnown: IsKnown): Scenario {
  return {
    part: RANDOM_PART,
    name: `seed ${seed}`,
    expect: 'understand',
    run: async (exchange) => exchangeRandom(exchange, randomOf(seed), isKnown),
  };
}

/** Whether a row of the matrix is known to differ: what it needs is not chosen. */
export type IsKnown = (part: string, name: string) => boolean;

/** Whether the peer writes in a seed's scenario. */
export function isFromPeer(seed: number): boolean {
  return randomOf(seed).once(2);
}

async function exchangeRandom(exchange: Exchange, random: Random, isKnown: IsKnown): Promise<void> {
  // Who writes is the first choice: see isFromPeer.
  random.once(2);
  const { writer, reader, world } = exchange;
  const isGroupKnown = isKnown('Group messages', 'to a group');
  const way = random.pick(isGroupKnown ? WAYS.filter((name) => name !== 'group') : WAYS);
  const people = (names: readonly PersonName[]) => names.filter((name) => !isKnownPerson(name, isKnown));
  const isOfGroup = way === 'group' || way === 'hidden group' || way === 'split';
  const names = await namesOf(exchange);
  const group = isOfGroup ? names.group : undefined;
  const sender = (await world.person(writer, isOfGroup ? 'MKM with ECC' : random.pick(people(SENDERS)))).id;
  const memberName = random.pick(people(['MKM with ECC', 'with terminals']));
  const receiver = (await world.person(reader, isOfGroup ? memberName : random.pick(people(RECEIVERS)))).id;
  const content = randomContent(random, names, group);
  const options = randomOptions(random, exchange, content.kind);
  const sending: Sending = { sender, receiver, ...content, options };
  switch (way) {
    case 'personal':
      await send(exchange, sending);
      return;
    case 'group':
      await send(exchange, { ...sending, receiver: names.group, as: receiver });
      return;
    case 'hidden group':
      await send(
        exchange,
        random.once(2) ? sending : { ...sending, options: { ...options, exposedGroup: names.group } },
      );
      return;
    case 'split':
      await send(exchange, {
        ...sending,
        receiver: names.group,
        as: receiver,
        carry: splitFor(receiver),
      });
      return;
    case 'broadcast':
      await send(exchange, {
        ...sending,
        receiver: random.pick(['anyone@anywhere', 'everyone@everywhere']),
        as: receiver,
      });
      return;
    case 'reused key':
      await send(exchange, { ...sending, options: { ...options, keepKey: true } });
      await send(exchange, { ...sending, options: { ...options, reuseKey: true } });
      return;
    case 'forwarded': {
      const secret = await pack(exchange, { ...sending, options: { ...options, shortNames: false } });
      await send(exchange, { sender, receiver, kind: 'forward', values: { messages: [secret.package] } });
      return;
    }
    default:
      throw new TypeError(way satisfies never);
  }
}

function isKnownPerson(name: PersonName, isKnown: IsKnown): boolean {
  return (
    isKnown('Metas and IDs', name) ||
    (name === 'with terminals' && isKnown('Personal messages', 'to one with terminals'))
  );
}

function randomOptions(random: Random, { writer, reader }: Exchange, kind: string): JsonMap {
  const shapes = writer.introduction.shapes.filter((shape) => reader.introduction.reads.includes(shape));
  // Commands about groups have a shape of their own there, which goes with no group on the envelope.
  const shape = shapes.length > 0 && random.once(3) ? random.pick(shapes) : undefined;
  const isShort = (shape ?? shapeFor(reader)) !== 'deployed';
  const shortNames = isShort && writer.introduction.shortNames && random.once(3);
  return {
    shortNames,
    introduce: random.once(5),
    proveEnvelope: random.once(5),
    ...(shape !== undefined && kind !== 'forward' && { shape }),
  };
}
