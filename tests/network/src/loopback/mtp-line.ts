/** One client of another process: its socket on one side, a connection of a test network on the other. */
import type { Socket } from 'node:net';
import type { IncomingPayload } from 'dimsdk';
import { Transactions } from 'dimsdk/extend';
import { encodePacket, MtpDecoder, type MtpPacket, type MtpType } from 'dimsdk/internal';
import type { TestConnection } from 'dimtestkit/network';

/** No client of ours writes more at once. */
const MAX_PAYLOAD = 4 * 1024 * 1024;

/** What is that short is for the transport. */
const LONGEST_SIGN = 4;

/** Carries payloads between a socket and a connection, in MTP, as a station does, until either ends. */
export class MtpLine {
  readonly #socket: Socket;
  readonly #connection: TestConnection;
  readonly #transactions = new Transactions();
  readonly #decoder = new MtpDecoder(MAX_PAYLOAD);
  /** What the client has not acknowledged. */
  readonly #unacknowledged = new Map<bigint, IncomingPayload>();
  /** Settles when both have ended. */
  readonly ended: Promise<void>;

  constructor(socket: Socket, connection: TestConnection) {
    this.#socket = socket;
    this.#connection = connection;
    const closed = new Promise<void>((resolve) => {
      socket.once('close', () => resolve());
    });
    socket.setNoDelay(true);
    socket.on('data', (bytes: Uint8Array) => this.#hear(bytes));
    socket.on('error', () => socket.destroy());
    // What was sent before arrives still.
    socket.once('end', () => void connection.close());
    socket.once('close', () => void connection.close());
    this.ended = this.#carry(closed);
  }

  async #carry(closed: Promise<void>): Promise<void> {
    for await (const payload of this.#connection.incoming) {
      const transaction = this.#transactions.take();
      this.#unacknowledged.set(transaction, payload);
      await this.#write('message', transaction, payload.bytes);
    }
    const { reason } = await this.#connection.ended;
    // A network that fails says nothing to either side.
    if (reason === 'ended' || reason === 'closed') this.#socket.end();
    else this.#socket.resetAndDestroy();
    await closed;
    this.#unacknowledged.clear();
  }

  #hear(bytes: Uint8Array): void {
    try {
      for (const packet of this.#decoder.packets(bytes)) this.#take(packet);
    } catch {
      this.#socket.destroy();
    }
  }

  #take({ type, transaction, body }: MtpPacket): void {
    // Nobody can tell such a station from one that is not there.
    if (this.#connection.isSilent || transaction === undefined) return;
    switch (type) {
      case 'command':
        void this.#write('command-response', transaction, signOf(body, 'PING') ? PONG : OK);
        return;
      case 'message':
        void this.#pass(transaction, body);
        return;
      case 'message-response':
        if (!signOf(body, 'OK')) return;
        this.#unacknowledged.get(transaction)?.acknowledge();
        this.#unacknowledged.delete(transaction);
        return;
      case 'fragment':
      case 'command-response':
    }
  }

  /** It is acknowledged when the network says so. */
  async #pass(transaction: bigint, body: Uint8Array): Promise<void> {
    try {
      if (body.length > LONGEST_SIGN) await this.#connection.send(body);
      await this.#write('message-response', transaction, OK);
    } catch {
      // The connection has ended, and the socket does so too.
    }
  }

  async #write(type: MtpType, transaction: bigint, body: Uint8Array): Promise<void> {
    if (this.#connection.isSilent || this.#socket.destroyed) return;
    const bytes = encodePacket({ type, transaction, body });
    await new Promise<void>((resolve) => {
      this.#socket.write(bytes, () => resolve());
    });
  }
}

const OK = new TextEncoder().encode('OK');
const PONG = new TextEncoder().encode('PONG');

function signOf(body: Uint8Array, sign: string): boolean {
  return new TextDecoder().decode(body) === sign;
}
