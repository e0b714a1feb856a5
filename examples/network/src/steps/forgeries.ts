/** Mallory has an identity of her own, and sends what is not hers. */
import { TextContent } from 'dimp';
import { decodeUtf8, encodeUtf8 } from 'dimp/extend';
import type { Connection, Transport } from 'dimsdk';
import { tcpTransport } from 'dimsdk/node';
import type { Report } from 'example-chat/report';
import { dim } from '../dim.ts';
import { device, untilOnline, untilRead, type People } from '../people.ts';
import type { StationHere } from '../station-here.ts';

export async function refuseForgeries(people: People, station: StationHere, report: Report): Promise<void> {
  const { alice, carol } = people;
  report.step('Forged messages are refused by the station');
  const tapped = new TappedTransport(tcpTransport());
  const mallory = await device('Mallory', await dim.createUser({ name: 'Mallory' }), tapped, station);
  await untilOnline(mallory.client);
  const own = await mallory.client.send(TextContent.create('This is Mallory.'), carol.client.self);
  await own.until('sent');
  const written = decodeUtf8(tapped.last);
  const fields = JSON.parse(written) as { readonly signature: string; readonly data: string };

  const forged = {
    "in Alice's name": { ...fields, sender: alice.client.self.toString() },
    'with other data': { ...fields, data: changed(fields.data) },
    'with another signature': { ...fields, signature: changed(fields.signature) },
  };
  for (const [how, message] of Object.entries(forged)) {
    const before = station.count('refused');
    await tapped.send(encodeUtf8(JSON.stringify(message)));
    if (station.count('refused') !== before + 1) throw new Error(`${how}, it was not refused`);
    report.check(how, 'refused');
  }

  // What comes again is delivered once, and the one after it arrives.
  const last = 'And this is the end.';
  const read = untilRead(carol, last);
  await tapped.send(encodeUtf8(written));
  await mallory.client.send(TextContent.create(last), carol.client.self);
  await read;
  const messages = await carol.client.conversations.messages(mallory.client.self);
  const copies = messages.filter(({ content }) => content.kind === 'text' && content.text === 'This is Mallory.');
  if (copies.length !== 1) throw new Error(`it was read ${copies.length} times`);
  report.check('the same once more', 'is read once');
  await mallory.client.close();
}

/** Another text of base64 of the same length. */
function changed(text: string): string {
  return (text.startsWith('A') ? 'B' : 'A') + text.slice(1);
}

/** A transport that shows what goes out, and over which anything can be sent. */
class TappedTransport implements Transport {
  readonly #transport: Transport;
  #connection: Connection | undefined;
  #last = new Uint8Array(0);

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** What went out last. */
  get last(): Uint8Array {
    return this.#last;
  }

  /** Sends anything. */
  async send(bytes: Uint8Array): Promise<void> {
    await this.#connection?.send(bytes);
  }

  async connect(...how: Parameters<Transport['connect']>): Promise<Connection> {
    const connection = await this.#transport.connect(...how);
    this.#connection = connection;
    const { name, incoming, ended } = connection;
    return {
      name,
      incoming,
      ended,
      close: async () => connection.close(),
      send: async (bytes) => {
        this.#last = Uint8Array.from(bytes);
        await connection.send(bytes);
      },
    };
  }
}
