/**
 * What nobody may accept. The writer makes it of something that the reader accepts, so that a no is for this reason and
 * no other.
 */
import type { JsonMap } from 'dimp';
import { Difference, pack, type Exchange } from '../exchange.ts';
import type { Scenario } from '../scenario.ts';
import { documentFor, metaFor } from '../shapes.ts';
import { Refusal } from '../side.ts';
import { text } from '../values.ts';
import { newPerson, PEOPLE, type Entity, type PersonName } from '../world.ts';

/** How the parts of the matrix with refusals begin. */
export const REFUSED = 'Refused';

/** A way to change something that is sound, as rows name it; the adapters know the same names. */
const MESSAGE_CHANGES: readonly string[] = [
  'data changed',
  'data cut off',
  'signature of another sender',
  'signature of another message',
  'signature changed',
  'no signature',
  'empty signature',
  'sender changed',
  'data of another message',
  'keys of another message',
  'no receiver that can be read',
];
const STRANGERS: readonly string[] = ['attached meta of another', 'attached visa of another', 'attached visa changed'];
const META_CHANGES: readonly string[] = [
  'key of another',
  'seed changed',
  'fingerprint changed',
  'no fingerprint',
  'type changed',
];
const DOCUMENT_CHANGES: readonly string[] = [
  'property changed',
  'signature of another',
  'signature changed',
  'no signature',
];

const WRONG_IDS: Readonly<Record<string, string>> = {
  'a checksum that is wrong': 'hulk@4YeVEN3aUnvC1DNUufCq1bs9zoBSJTzVEk',
  'wrong letter case of an ETH address': '0xE79D8FE2B24A3AFC9CF5A0BBC5D3DAA5A5AB3CEf',
  'an ETH address with other letters': '0x1234567890abcdefghij1234567890abcdefghij',
  'nothing before the address': '@4WDfe3zZ4T7opFSi3iDAKiuTnUHjxmXekk',
  'two names': 'a@b@4WDfe3zZ4T7opFSi3iDAKiuTnUHjxmXekk',
};

async function reads(exchange: Exchange, read: () => Promise<unknown>): Promise<void> {
  try {
    await read();
  } catch (error) {
    throw error instanceof Refusal
      ? new Difference(`${exchange.reader.introduction.name} does not read what is sound: ${error.message}`)
      : error;
  }
}

/** The reader must say no, and not for having read it before. */
async function refuses(what: string, read: () => Promise<JsonMap>): Promise<void> {
  try {
    // What rides along with a message is believed or not by itself.
    if ((await read())['introduction'] === 'refused') return;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.message.startsWith('INPUT_REPLAY')) throw new Difference(`${what}: refused as a repeated message alone`);
    return;
  }
  throw new Difference(`${what}: accepted`);
}

async function refuseMessage(exchange: Exchange, how: string, from: PersonName): Promise<void> {
  const { writer, reader, world } = exchange;
  const [sender, other] = [await world.person(writer, from), await world.person(writer, 'ETH with ECC')];
  const receiver = await world.person(reader, 'MKM with ECC');
  const unpack = async (message: string) =>
    reader.request('unpack', { receiver: receiver.id, kind: 'text', package: message });
  const sound = await pack(exchange, {
    sender: sender.id,
    receiver: receiver.id,
    kind: 'text',
    values: { text: 'one' },
  });
  const another = await pack(exchange, {
    sender: other.id,
    receiver: receiver.id,
    kind: 'text',
    values: { text: 'two' },
  });
  await reads(exchange, async () => unpack(sound.package));
  const changed = await writer.request('tamper', { what: 'message', how, map: sound.package, other: another.package });
  await refuses(how, async () => unpack(text(changed, 'map')));
}

/** From people whom the reader does not know, who attach what they are to be known by. */
async function refuseStranger(exchange: Exchange, how: string): Promise<void> {
  const { writer, reader, world } = exchange;
  const [stranger, other] = [
    await newPerson(writer, PEOPLE['ETH with ECC']),
    await newPerson(writer, PEOPLE['BTC with ECC']),
  ];
  const receiver = await world.person(reader, 'MKM with ECC');
  const introduce = async (sender: Entity) =>
    pack(exchange, {
      sender: sender.id,
      receiver: receiver.id,
      kind: 'text',
      values: { text: 'Hi' },
      options: { introduce: true },
    });
  const [sound, another] = [await introduce(stranger), await introduce(other)];
  const unpack = async (message: string) =>
    reader.request('unpack', { receiver: receiver.id, kind: 'text', package: message });
  const changed = await writer.request('tamper', { what: 'message', how, map: sound.package, other: another.package });
  await refuses(how, async () => unpack(text(changed, 'map')));
  // Nothing of it stands in the way of a sound one.
  const next = await introduce(stranger);
  await reads(exchange, async () => believes(await unpack(next.package)));
}

function believes(answer: JsonMap): void {
  if (answer['introduction'] === 'refused') throw new Difference('what is sound is not believed');
}

async function refuseMeta(exchange: Exchange, how: string): Promise<void> {
  const { writer, reader, world } = exchange;
  const { id, meta } = await world.person(writer, 'MKM with ECC');
  await reads(exchange, async () => reader.request('read-meta', { id, meta: metaFor(reader, meta), networks: [] }));
  const changed = await writer.request('tamper', { what: 'meta', how, map: meta });
  await refuses(how, async () =>
    reader.request('read-meta', { id, meta: metaFor(reader, text(changed, 'map')), networks: [] }),
  );
}

/** The sound meta of somebody, for the ID of somebody else. */
async function refuseForeignMeta(exchange: Exchange): Promise<void> {
  const { writer, reader, world } = exchange;
  const { id } = await world.person(writer, 'MKM with ECC');
  const { meta } = await world.person(writer, 'MKM with RSA');
  await refuses('meta', async () => reader.request('read-meta', { id, meta: metaFor(reader, meta), networks: [] }));
}

async function refuseDocument(exchange: Exchange, how: string, of: PersonName): Promise<void> {
  const { writer, reader, world } = exchange;
  const { documents, meta } = await world.person(writer, of);
  const [document = ''] = documents;
  const read = async (given: string) =>
    reader.request('read-document', { document: documentFor(reader, given), meta: metaFor(reader, meta) });
  await reads(exchange, async () => read(document));
  const changed = await writer.request('tamper', { what: 'document', how, map: document });
  await refuses(how, async () => read(text(changed, 'map')));
}

function refuse(part: string, name: string, run: Scenario['run']): Scenario {
  return { part, name, expect: 'refuse', run };
}

export const REFUSALS: readonly Scenario[] = [
  ...(['MKM with ECC', 'MKM with RSA'] as const).flatMap((from) =>
    MESSAGE_CHANGES.map((how) =>
      refuse(`${REFUSED}: messages from ${from}`, how, async (exchange) => refuseMessage(exchange, how, from)),
    ),
  ),
  ...STRANGERS.map((how) =>
    refuse(`${REFUSED}: first contact`, how, async (exchange) => refuseStranger(exchange, how)),
  ),
  ...META_CHANGES.map((how) => refuse(`${REFUSED}: metas`, how, async (exchange) => refuseMeta(exchange, how))),
  refuse(`${REFUSED}: metas`, 'meta of another', refuseForeignMeta),
  ...(['MKM with ECC', 'MKM with RSA'] as const).flatMap((of) =>
    DOCUMENT_CHANGES.map((how) =>
      refuse(`${REFUSED}: documents of ${of}`, how, async (exchange) => refuseDocument(exchange, how, of)),
    ),
  ),
  ...Object.entries(WRONG_IDS).map(([name, id]) =>
    refuse(`${REFUSED}: IDs`, name, async ({ reader }) =>
      refuses(id, async () => reader.request('read-id', { text: id })),
    ),
  ),
];
