/** The connections of a test network, and how they come about. */
import { DimError } from 'dimp';
import type { Clock, ConnectOptions, StationAddress, Transport } from 'dimsdk';
import { drawSeconds } from './chance/fate.ts';
import type { NetworkFaults } from './chance/faults.ts';
import type { Random } from './chance/random.ts';
import { Link } from './link/link.ts';
import { LinkConnection, type TestConnection } from './link/link-connection.ts';
import type { NetworkLog } from './network-log.ts';
import type { Station } from './station/station.ts';

/** Connects to the station of a test network. */
export interface TestTransport extends Transport {
  connect(address: StationAddress, options: ConnectOptions): Promise<TestConnection>;
}

/** What connections are made of. */
export interface LinksOptions {
  readonly address: StationAddress;
  readonly clock: Clock;
  readonly random: Random;
  readonly faults: () => NetworkFaults;
  readonly station: Station;
  readonly log: NetworkLog;
  readonly seed: number;
}

/** The port that the first client comes from. */
const FIRST_PORT = 40_000;

/** All connections. */
export class NetworkLinks implements TestTransport {
  isOnline = true;
  readonly #options: LinksOptions;
  readonly #name: string;
  readonly #random: Random;
  readonly #links = new Map<number, Link>();
  #count = 0;

  constructor(options: LinksOptions) {
    this.#options = options;
    const { host, port } = options.address;
    this.#name = `test://${host}:${port}`;
    this.#random = options.random.fork('connects');
  }

  /** @throws DimError `CONNECTION_FAILED`; the signal's reason when it is aborted */
  async connect(address: StationAddress, { signal }: ConnectOptions): Promise<TestConnection> {
    signal.throwIfAborted();
    const { clock, faults, station, random, log, seed } = this.#options;
    const isRefused = this.#random.fraction() < (faults().refuseRate ?? 0);
    const delay = drawSeconds(this.#random, faults().delay);
    if (delay > 0) await clock.wait(delay, signal);
    const { host, port } = this.#options.address;
    if (!this.isOnline || isRefused || address.host !== host || address.port !== port)
      throw new DimError('CONNECTION_FAILED', `nobody answers at ${address.host}:${address.port}`);
    const number = ++this.#count;
    const link = new Link({
      number,
      remote: ['127.0.0.1', FIRST_PORT + number],
      name: `${this.#name}, seed ${seed}`,
      clock,
      random: random.fork(`connection ${number}`),
      faults,
      station: {
        receive: (line, bytes) => station.receive(line, bytes),
        closed: (line) => station.closed(line),
        restart: () => this.restart(),
      },
      happened: (event, bytes) => {
        log.add({ at: clock.now(), event, connection: number, bytes });
        if (event === 'closed') this.#links.delete(number);
      },
    });
    this.#links.set(number, link);
    station.opened(link);
    return new LinkConnection(link, this.#name);
  }

  /** Loses connections; all, if no numbers are given. @returns how many */
  failAll(numbers: readonly number[] | undefined): number {
    return this.#forEach(numbers, (link) => link.fail());
  }

  /** Lets nothing through any more; on all, if no numbers are given. @returns on how many */
  silenceAll(numbers: readonly number[] | undefined): number {
    return this.#forEach(numbers, (link) => link.silence());
  }

  #forEach(numbers: readonly number[] | undefined, action: (link: Link) => void): number {
    const links = [...this.#links.values()].filter(({ number }) => numbers?.includes(number) ?? true);
    for (const link of links) action(link);
    return links.length;
  }

  /** The station starts anew. */
  restart(): void {
    this.#options.station.restart();
    for (const link of this.#links.values()) link.close();
  }
}
