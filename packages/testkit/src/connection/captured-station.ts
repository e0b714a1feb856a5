/**
 * A station that says again what one has said: the packets of a captured session, to a client under test.
 *
 * What the client says is not compared here: it has times, serial numbers and keys of its own. But each packet of the station
 * waits until the client has sent as many messages on its connection as the captured one had by then.
 */
import { DimError } from 'dimp';
import type { Connection, ConnectOptions, Transport } from 'dimsdk';
import { MtpConnection } from 'dimsdk/extend';
import { bytesOf, glued, textOf } from './framing.ts';
import { memoryStreams } from './memory-streams.ts';
import { MtpFraming } from './mtp-framing.ts';
import { Peer } from './peer.ts';

/** A packet of MTP as it was captured, or an event that is none. */
export interface CapturedPacket {
  /** Which connection it is of. */
  readonly conn: string | number;
  readonly from: 'client' | 'station';
  /** In hex; absent where it is no packet. */
  readonly header?: string | undefined;
  /** 2 is a message. */
  readonly type?: number | undefined;
  readonly body?: string | undefined;
}

const MESSAGE = 2;

/** A packet of the station, and how many messages of the client it waits for. */
interface Line {
  readonly bytes: Uint8Array;
  readonly transaction: bigint;
  readonly body: string;
  readonly after: number;
}

/**
 * Plays the station of a captured session, over MTP in memory. It answers `OK` to all messages of the client, and `PONG`.
 *
 * @example
 * ```ts
 * import { silentLogger, systemClock } from 'dimsdk';
 * import { CapturedStation, type CapturedPacket } from 'dimtestkit/connection';
 *
 * async function play(packets: readonly CapturedPacket[]): Promise<void> {
 *   const station = new CapturedStation(packets, ['bob-1', 'bob-2']);
 *   const { signal } = new AbortController();
 *   // Give `station.transport` to a client; here is what it does with it.
 *   const connection = await station.transport.connect(
 *     { host: '127.0.0.1', port: 9394 },
 *     { clock: systemClock, logger: silentLogger, signal },
 *   );
 *   void connection.send(new TextEncoder().encode('{"sender":"…"}'));
 *   await station.until(() => station.received.length === 1);
 *   for await (const { bytes } of connection.incoming) console.log(bytes.length);
 * }
 * ```
 */
export class CapturedStation {
  /** Each connection that it makes is the next one of those that were captured. */
  readonly transport: Transport;
  readonly #packets: readonly CapturedPacket[];
  readonly #connections: (string | number)[];
  readonly #before: Uint8Array[] = [];
  #acknowledgedBefore: string[] = [];
  #peer: Peer | undefined;
  #lines: readonly Line[] = [];
  #said = 0;
  #skipped = 0;
  #watchers: (() => void)[] = [];

  /** @param connections which of the captured connections to play, in their order */
  constructor(packets: readonly CapturedPacket[], connections: readonly (string | number)[]) {
    this.#packets = packets;
    this.#connections = [...connections];
    this.transport = { connect: async (_address, options) => this.#connect(options) };
  }

  /** The messages of the client, on all connections. */
  get received(): readonly string[] {
    return [...this.#before, ...(this.#peer?.received ?? [])].map(textOf);
  }

  /** The messages of the station that the client has acknowledged, on all connections. */
  get acknowledged(): readonly string[] {
    const now = (this.#peer?.acknowledged ?? []).map((number) => this.#lines[number]?.body ?? '');
    return [...this.#acknowledgedBefore, ...now];
  }

  /** Whether the station has said all that it has to say on this connection. */
  get isPlayed(): boolean {
    return this.#peer !== undefined && this.#said === this.#lines.length;
  }

  /** Settles when a condition holds: it is asked again whenever something was said. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.#watchers.push(resolve));
  }

  /** The station waits for so many messages less, on this connection. */
  skip(messages = 1): void {
    this.#skipped += messages;
    this.#changed();
  }

  /** The station ends this connection. */
  async end(): Promise<void> {
    await this.#peer?.end();
  }

  /** This connection breaks. */
  cut(): void {
    this.#peer?.cut();
  }

  async #connect({ clock, signal }: ConnectOptions): Promise<Connection> {
    signal.throwIfAborted();
    const next = this.#connections.shift();
    if (next === undefined) throw new DimError('CONNECTION_FAILED', 'no other connection was captured');
    this.#before.push(...(this.#peer?.received ?? []));
    this.#acknowledgedBefore = [...this.acknowledged];
    const [here, there] = memoryStreams(`captured://${next}`);
    const framing = new MtpFraming();
    this.#lines = linesOf(this.#packets.filter(({ conn }) => conn === next));
    this.#said = 0;
    this.#skipped = 0;
    this.#peer = await Peer.greeting(there, framing);
    void this.#play(this.#peer, framing, this.#lines);
    return new MtpConnection(here, { clock });
  }

  async #play(peer: Peer, framing: MtpFraming, lines: readonly Line[]): Promise<void> {
    void this.#watch(peer);
    for (const { bytes, transaction, after } of lines) {
      await this.until(() => peer.received.length + this.#skipped >= after || peer !== this.#peer || peer.isOver);
      if (peer !== this.#peer) return;
      framing.framedAs(transaction);
      await peer.write(bytes);
      this.#said += 1;
      this.#changed();
    }
  }

  /** Whatever the peer hears may be what somebody waits for. */
  async #watch(peer: Peer): Promise<void> {
    for (let seen = -1; !peer.isOver;) {
      const heard = (): number => peer.received.length + peer.acknowledged.length;
      await peer.until(() => heard() !== seen || peer.isOver);
      seen = heard();
      this.#changed();
    }
  }

  #changed(): void {
    for (const watcher of this.#watchers.splice(0)) watcher();
  }
}

/** The messages of the station, with what they wait for. What it answers at the level of packets, the peer answers. */
function linesOf(packets: readonly CapturedPacket[]): readonly Line[] {
  let after = 0;
  const lines: Line[] = [];
  for (const { from, type, header, body = '' } of packets) {
    if (type !== MESSAGE || header === undefined) continue;
    if (from === 'client') {
      after += 1;
      continue;
    }
    const bytes = bytesOfHex(header);
    const transaction = BigInt(`0x${header.slice(8, 24)}`);
    lines.push({ bytes: glued(bytes, bytesOf(body)), transaction, body, after });
  }
  return lines;
}

function bytesOfHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
