/** IDs, metas and documents: both sides compute the same IDs, verify, and keep what they do not know. */
import { type JsonMap, type JsonValue } from 'dimp';
import { parseJsonMap } from 'dimp/extend';
import { same, type Exchange } from '../exchange.ts';
import { understand, type Scenario } from '../scenario.ts';
import { documentFor, metaFor } from '../shapes.ts';
import { text } from '../values.ts';
import { newPerson, PEOPLE, type PersonName } from '../world.ts';

/** All entity types but the broadcast ones, which no meta makes. */
const ENTITY_TYPES = {
  user: 0x00,
  group: 0x01,
  station: 0x02,
  ISP: 0x03,
  bot: 0x04,
  ICP: 0x05,
  supervisor: 0x06,
  company: 0x07,
  CA: 0x08,
  'app user': 0x40,
  'app group': 0x41,
} as const;

const METAS: readonly PersonName[] = ['MKM with RSA', 'MKM with ECC', 'BTC with ECC', 'BTC with RSA', 'ETH with ECC'];

/** The reader accepts the meta, and computes the IDs that the writer computes. */
async function exchangeMeta({ writer, reader, world }: Exchange, name: PersonName): Promise<void> {
  const { id, meta } = await world.person(writer, name);
  const networks: readonly JsonValue[] = PEOPLE[name].metaType === 'ETH' ? [0] : Object.values(ENTITY_TYPES);
  const written = await writer.request('read-meta', { meta, networks, id });
  const read = await reader.request('read-meta', { meta: metaFor(reader, meta), networks, id });
  for (const field of ['type', 'seed', 'ids']) same(field, written[field], read[field]);
}

async function exchangeType({ writer, reader }: Exchange, network: number): Promise<void> {
  const { id } = await newPerson(writer, { metaType: 'MKM', algorithm: 'ECC', network, seed: 'kind', terminals: [] });
  const written = await writer.request('read-id', { text: id });
  const read = await reader.request('read-id', { text: id });
  for (const field of ['text', 'name', 'address', 'terminal', 'isGroup', 'isBroadcast']) {
    same(field, written[field], read[field]);
  }
}

async function exchangeId({ writer, reader }: Exchange, id: string): Promise<void> {
  const [written, read] = [
    await writer.request('read-id', { text: id }),
    await reader.request('read-id', { text: id }),
  ];
  for (const field of ['name', 'terminal', 'isGroup', 'isBroadcast']) same(field, written[field], read[field]);
}

interface Written {
  readonly document: string;
  readonly meta: string;
}

/** The reader verifies the document, reads the properties that were signed, and writes all of it again. */
async function exchangeDocument({ reader }: Exchange, written: Written): Promise<JsonMap> {
  const [document, meta] = [documentFor(reader, written.document), metaFor(reader, written.meta)];
  const read = await reader.request('read-document', { document, meta });
  const fields = parseJsonMap(document);
  same('map', fields, parseJsonMap(text(read, 'map')));
  const properties = parseJsonMap(text(fields, 'data'));
  same('properties', properties, parseJsonMap(text(read, 'properties')));
  same('name', properties['name'], read['name']);
  return read;
}

async function exchangeVisa(exchange: Exchange, more: JsonMap): Promise<JsonMap> {
  const person = await newPerson(exchange.writer, PEOPLE['MKM with ECC'], { properties: JSON.stringify(more) });
  const [document = ''] = person.documents;
  const read = await exchangeDocument(exchange, { document, meta: person.meta });
  same('key', parseJsonMap(text(parseJsonMap(document), 'data'))['key'], parseJsonMap(text(read, 'key')));
  return read;
}

export const IDENTITIES: readonly Scenario[] = [
  ...understand(
    'Metas and IDs',
    Object.fromEntries(METAS.map((name) => [name, async (exchange: Exchange) => exchangeMeta(exchange, name)])),
  ),
  ...understand(
    'Entity types',
    Object.fromEntries(
      Object.entries(ENTITY_TYPES).map(([name, network]) => [
        name,
        async (exchange: Exchange) => exchangeType(exchange, network),
      ]),
    ),
  ),
  ...understand('Names', {
    'a name of one letter': async ({ writer, world }) => world.person(writer, 'with a short name'),
    'a name of 60 letters': async ({ writer, world }) => world.person(writer, 'with a long name'),
    'broadcast: anyone@anywhere': async (exchange) => exchangeId(exchange, 'anyone@anywhere'),
    'broadcast: everyone@everywhere': async (exchange) => exchangeId(exchange, 'everyone@everywhere'),
    'broadcast: stations@everywhere': async (exchange) => exchangeId(exchange, 'stations@everywhere'),
    'with a terminal': async ({ writer, reader, world }) => {
      const { id } = await world.person(writer, 'MKM with ECC');
      await exchangeId({ writer, reader, world }, `${id}/phone`);
    },
  }),
  ...understand('Documents', {
    'visa with an RSA key': async (exchange) => exchangeVisa(exchange, {}),
    'visa with an avatar': async (exchange) => {
      const avatar = 'https://example.com/avatar.png';
      same('avatar', avatar, (await exchangeVisa(exchange, { avatar }))['avatar']);
    },
    'visa with unknown properties': async (exchange) =>
      exchangeVisa(exchange, { app_id: 'chat.dim', Ünïcode: ['é', '漢字', '😀'], nested: { deep: [1, null, true] } }),
    'visas of terminals': async (exchange) => {
      const { documents, meta } = await exchange.world.person(exchange.writer, 'with terminals');
      for (const document of documents) await exchangeDocument(exchange, { document, meta });
    },
    bulletin: async (exchange) => {
      const { documents, meta } = await exchange.world.group(exchange.writer);
      const [document = ''] = documents;
      const read = await exchangeDocument(exchange, { document, meta });
      const properties = parseJsonMap(text(parseJsonMap(document), 'data'));
      same('founder', properties['founder'], read['founder']);
    },
  }),
];
