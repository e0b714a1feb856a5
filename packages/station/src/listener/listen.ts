/** Listens on one port for all that clients of a station speak. */
import { once } from 'node:events';
import { createServer, isIP, type AddressInfo, type Server, type Socket } from 'node:net';
import { createSecureContext, type SecureContext } from 'node:tls';
import { DimError } from 'dimp';
import { requireArgument, typeName } from 'dimp/extend';
import { silentLogger, type Clock, type Logger } from 'dimsdk';
import { checkOptionNames, requireMethod, Transactions } from 'dimsdk/internal';
import { HeldBytes } from '../link/held-bytes.ts';
import { EndOfTurn, SteadyTime } from '../link/link-shared.ts';
import { readListenerLimits, type ListenerLimits } from '../link/listener-limits.ts';
import { plainAddress } from '../link/networks.ts';
import { RareWarnings } from '../link/rare-warnings.ts';
import { WaitingBytes } from '../link/waiting-bytes.ts';
import type { AcceptLink } from '../ports/link.ts';
import { noMeter, type Meter } from '../ports/meter.ts';
import { AddressCounts } from './addresses.ts';
import { certificateFault } from './certificate-fault.ts';
import { AcceptedConnection } from './connection.ts';
import { HttpSide, type AnswerRequest, type MayConnect } from './http-side.ts';
import type { ListenerParts } from './listener-parts.ts';

/** Time is looked at once in so many seconds, for all connections together. */
const SWEEP_SECONDS = 1;
/** Connections that the system keeps until they are accepted. */
const BACKLOG = 4096;

/** A certificate, as texts of PEM. */
export interface Certificate {
  /** The private key. */
  readonly key: string;
  /** The certificate, and those between it and a known one. */
  readonly cert: string;
}

/** How to listen. */
export interface ListenOptions {
  /** Takes each new link. */
  readonly accept: AcceptLink;
  /** The address to listen at: `127.0.0.1`, `::`, a name. */
  readonly host: string;
  /** 0 to 65535; with 0 the system chooses a free one. */
  readonly port: number;
  readonly clock: Clock;
  /** With it, connections may be encrypted. Those that are not are served all the same. */
  readonly tls?: Certificate | undefined;
  /** The defaults for those that are not given. */
  readonly limits?: Partial<ListenerLimits> | undefined;
  /** Addresses of proxies: what they say with `X-Forwarded-For` is believed, and they may have any number of connections. */
  readonly proxies?: readonly string[] | undefined;
  /** Answers requests of HTTP that are for no WebSocket; without it there is nothing to be found. */
  readonly onRequest?: AnswerRequest | undefined;
  /**
   * Whether a request for a WebSocket is answered with one: `headers.origin` says whose page asks, where it is a browser. All are,
   * if not given.
   */
  readonly mayConnect?: MayConnect | undefined;
  readonly logger?: Logger | undefined;
  /** Counts those that are `shut-out`. */
  readonly meter?: Meter | undefined;
}

const NAMES: Readonly<Record<keyof ListenOptions, true>> = {
  accept: true,
  host: true,
  port: true,
  clock: true,
  tls: true,
  limits: true,
  proxies: true,
  onRequest: true,
  mayConnect: true,
  logger: true,
  meter: true,
};

/** A port that is listened at. */
export interface Listener {
  /** The address, as the system has it. */
  readonly host: string;
  readonly port: number;
  /** Connections that are open, and how many of them are links. */
  readonly connections: number;
  readonly links: number;
  /**
   * Takes another certificate for connections to come.
   * @throws DimError `USAGE_ARGUMENT` for what is none; the one before stays
   */
  useCertificate(certificate: Certificate): void;
  /** Listens no longer, and ends each link behind what was sent; after so many seconds, whatever is left. */
  close(options: { readonly graceSeconds: number }): Promise<void>;
}

/**
 * Listens on one port for WebSockets, MTP, Mars, and with a certificate TLS with any of them inside. What a connection speaks
 * is told by its first bytes, in whatever pieces they come.
 *
 * @throws DimError `USAGE_ARGUMENT` for options that are none, `CONNECTION_FAILED` where the address cannot be listened at
 */
export async function listen(options: ListenOptions): Promise<Listener> {
  checkOptionNames(requireArgument(options, 'options'), NAMES);
  requireMethod(options.clock, 'now', 'clock');
  // A server without an address would listen at all of them.
  for (const name of ['accept', 'host', 'port'] as const) requireArgument(options[name], name);
  if (options.host === '') throw new DimError('USAGE_ARGUMENT', 'must be an address', { path: 'host' });
  if (typeof options.accept !== 'function')
    throw new DimError('USAGE_ARGUMENT', 'must be a function', { path: 'accept' });
  const listener = new PortListener(options);
  await listener.open(options.host, options.port);
  return listener;
}

/** By the codes of the system. */
const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program has it',
  EADDRNOTAVAIL: 'this machine has no such address',
  EACCES: 'ports below 1024 need a right that this program has not',
  ENOTFOUND: 'nobody knows that name',
};

class PortListener implements Listener {
  readonly #connections = new Set<AcceptedConnection>();
  readonly #limits: ListenerLimits;
  readonly #logger: Logger;
  readonly #clock: Clock;
  readonly #parts: ListenerParts<AcceptedConnection>;
  readonly #server: Server;
  readonly #over = new AbortController();
  #address: AddressInfo = { address: '', family: '', port: 0 };
  #secureContext: SecureContext | undefined;
  #closing: Promise<void> | undefined;
  #whenEmpty: () => void = () => undefined;

  constructor({
    accept,
    clock,
    tls,
    limits,
    proxies = [],
    onRequest,
    mayConnect = () => true,
    logger = silentLogger,
    meter = noMeter,
  }: ListenOptions) {
    this.#limits = readListenerLimits(limits);
    this.#logger = logger;
    this.#clock = clock;
    if (tls !== undefined) this.useCertificate(tls);
    const failed = (event: string, error: unknown): void => this.#failed(event, error);
    const time = new SteadyTime(clock);
    const warnings = new RareWarnings(logger, () => time.now());
    const { payloadBytes } = this.#limits;
    const refused = (origin: string): void => {
      meter.add('shut-out');
      warnings.warn('a page may not connect', { origin });
    };
    this.#parts = {
      accept,
      meter,
      counts: new AddressCounts(this.#limits.connectionsPerAddress),
      proxies: new Set(proxies.map(proxyAddress)),
      shared: {
        limits: this.#limits,
        time,
        logger,
        warnings,
        transactions: new Transactions(),
        held: new HeldBytes(this.#limits.heldBytes),
        waiting: new WaitingBytes(this.#limits.outgoingBytes),
        turn: new EndOfTurn(),
      },
      http: new HttpSide({ payloadBytes, onRequest, mayConnect, refused, failed }),
      secureContext: () => this.#secureContext,
      isClosing: () => this.#closing !== undefined,
      ended: (connection) => {
        this.#connections.delete(connection);
        if (this.#connections.size === 0) this.#whenEmpty();
      },
      failed,
    };
    // Who has sent all may still wait for answers.
    this.#server = createServer({ allowHalfOpen: true }, (socket) => this.#accept(socket));
  }

  get host(): string {
    return this.#address.address;
  }

  get port(): number {
    return this.#address.port;
  }

  get connections(): number {
    return this.#connections.size;
  }

  get links(): number {
    let count = 0;
    for (const { isLink } of this.#connections) if (isLink) count += 1;
    return count;
  }

  async open(host: string, port: number): Promise<void> {
    if (!Number.isInteger(port) || port < 0 || port > 65_535)
      throw new DimError('USAGE_ARGUMENT', 'must be a whole number, 0 to 65535', { path: 'port' });
    try {
      this.#server.listen({ host, port, backlog: BACKLOG });
      await once(this.#server, 'listening');
    } catch (error) {
      const why = REASONS[(error as NodeJS.ErrnoException).code ?? ''] ?? 'the system refuses it';
      throw new DimError('CONNECTION_FAILED', `cannot listen at ${host}, port ${port}: ${why}`, { cause: error });
    }
    this.#server.on('error', (error) => this.#failed('accepting failed', error));
    // Of a port, it is no text.
    this.#address = this.#server.address() as AddressInfo;
    void this.#sweep();
  }

  useCertificate({ key, cert }: Certificate): void {
    for (const [path, value] of Object.entries({ 'tls.key': key, 'tls.cert': cert }))
      if (typeof value !== 'string')
        throw new DimError('USAGE_ARGUMENT', `must be text, not ${typeName(value)}`, { path });
    const fault = certificateFault({ key, cert });
    if (fault !== undefined)
      throw new DimError('USAGE_ARGUMENT', fault.reason, { path: `tls.${fault.of}`, cause: fault.cause });
    try {
      this.#secureContext = createSecureContext({ key, cert, minVersion: 'TLSv1.2' });
    } catch (error) {
      throw new DimError('USAGE_ARGUMENT', 'must be a key and its certificate, in PEM', { path: 'tls', cause: error });
    }
  }

  async close(options: { readonly graceSeconds: number }): Promise<void> {
    const { graceSeconds } = requireArgument(options, 'options');
    if (typeof graceSeconds !== 'number' || !(graceSeconds >= 0))
      throw new DimError('USAGE_ARGUMENT', 'must be 0 or more', { path: 'graceSeconds' });
    this.#closing ??= this.#close(graceSeconds);
    return this.#closing;
  }

  async #close(graceSeconds: number): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    const empty = new Promise<void>((resolve) => {
      this.#whenEmpty = resolve;
    });
    if (this.#connections.size === 0) this.#whenEmpty();
    for (const connection of this.#connections) connection.close(graceSeconds);
    const grace = this.#clock.wait(graceSeconds, this.#over.signal).catch(() => undefined);
    await Promise.race([empty, grace]);
    for (const connection of this.#connections) connection.destroy();
    await empty;
    this.#over.abort();
    await closed;
  }

  #accept(socket: Socket): void {
    const { proxies, counts, meter } = this.#parts;
    const host = plainAddress(socket.remoteAddress ?? '');
    const isCounted = !proxies.has(host);
    if (
      this.#closing !== undefined ||
      this.#connections.size >= this.#limits.connections ||
      (isCounted && !counts.enter(host))
    ) {
      meter.add('shut-out');
      socket.on('error', () => undefined);
      socket.destroy();
      return;
    }
    this.#connections.add(new AcceptedConnection(socket, this.#parts, isCounted ? host : undefined));
  }

  async #sweep(): Promise<void> {
    const { signal } = this.#over;
    while (!signal.aborted) {
      try {
        await this.#clock.wait(SWEEP_SECONDS, signal);
      } catch (error) {
        if (!signal.aborted) this.#failed('the clock failed: no connection is ended for being silent', error);
        return;
      }
      const now = this.#parts.shared.time.now();
      for (const connection of this.#connections) connection.sweep(now);
    }
  }

  #failed(event: string, error: unknown): void {
    try {
      this.#logger.error(event, { error: error instanceof Error ? error.message : typeof error });
    } catch {
      // There is nobody to tell.
    }
  }
}

function proxyAddress(address: string): string {
  if (typeof address === 'string' && isIP(address) !== 0) return plainAddress(address);
  throw new DimError('USAGE_ARGUMENT', 'must be IP addresses', { path: 'proxies' });
}
