/** A link without a network: what it writes is seen, and is taken when a test says so. */
import { silentLogger, type Logger } from 'dimsdk';
import { Transactions } from 'dimsdk/internal';
import type { Link, LinkEnd, LinkUser, OutgoingPayload } from '../../src/index.ts';
import { HeldBytes } from '../../src/link/held-bytes.ts';
import { EndOfTurn, SteadyTime, type LinkShared } from '../../src/link/link-shared.ts';
import type { PingingSocket } from '../../src/link/link-socket.ts';
import { WaitingBytes } from '../../src/link/waiting-bytes.ts';
import { readListenerLimits, type ListenerLimits } from '../../src/link/listener-limits.ts';
import { RareWarnings } from '../../src/link/rare-warnings.ts';

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
export const text = (value: Uint8Array): string => new TextDecoder().decode(value);

/** Notes what it is told. */
export class FakeSocket implements PingingSocket {
  readonly host: string;
  readonly port = 4000;
  readonly written: Uint8Array[] = [];
  isPaused = false;
  isDestroyed = false;
  ends: LinkEnd[] = [];
  /** Payloads of pings that were written, and behind how many units each. */
  readonly pings: { readonly payload: Uint8Array; readonly behind: number }[] = [];
  #units = 0;
  /** Whether the network takes what is written at once. */
  isTaking = true;
  /** How often it was written to. */
  writes = 0;
  #waiting: (() => void)[] = [];

  constructor(host = '192.0.2.1') {
    this.host = host;
  }

  write(units: readonly Uint8Array[], taken: () => void): void {
    this.writes += 1;
    this.#units += units.length;
    this.written.push(...units);
    if (this.isTaking) taken();
    else this.#waiting.push(taken);
  }

  /** The network takes what was written, and what is written then. */
  take(): void {
    this.isTaking = true;
    for (let taken = this.#waiting.shift(); taken !== undefined; taken = this.#waiting.shift()) taken();
  }

  /** What was written since it was asked last. */
  news(): readonly Uint8Array[] {
    return this.written.splice(0);
  }

  ping(value: Uint8Array): void {
    this.pings.push({ payload: value, behind: this.#units });
  }

  pause(): void {
    this.isPaused = true;
  }

  resume(): void {
    this.isPaused = false;
  }

  end(end: LinkEnd): void {
    this.ends.push(end);
  }

  destroy(): void {
    this.isDestroyed = true;
  }
}

/** What a test has of a link. */
export interface Bench<L> {
  readonly link: L;
  readonly socket: FakeSocket;
  readonly shared: LinkShared;
  readonly received: string[];
  readonly acknowledgements: (() => void)[];
  readonly ends: LinkEnd[];
  readonly drained: () => number;
  /** Turns the time on, and has the link look at it. */
  readonly pass: (seconds: number) => void;
  /** The end of a turn: what was collected is written. */
  readonly turn: () => void;
}

interface TestedLink extends Link {
  loggedIn(user: string): void;
  start(user: LinkUser): void;
  sweep(now: number): void;
}

export interface BenchOptions {
  /** Who has logged in: somebody else each time where none is given. */
  readonly user?: string | undefined;
  /** Nobody has. */
  readonly isStranger?: boolean;
  readonly host?: string;
  readonly logger?: Logger;
}

let users = 0;

function nextUser(): string {
  users += 1;
  return `user ${users}`;
}

export function bench<L extends TestedLink>(
  make: (socket: PingingSocket, shared: LinkShared) => L,
  limits: Partial<ListenerLimits> = {},
  /** That of another link of the same listener. */
  given?: LinkShared,
  { user = nextUser(), isStranger = false, logger = silentLogger, host }: BenchOptions = {},
): Bench<L> {
  let now = 1_800_000_000;
  let due: (() => void)[] = [];
  let drained = 0;
  const all = readListenerLimits(limits);
  const time = new SteadyTime({ now: () => now, wait: async () => undefined });
  const shared: LinkShared = given ?? {
    limits: all,
    time,
    logger,
    warnings: new RareWarnings(logger, () => time.now()),
    transactions: new Transactions(100n),
    held: new HeldBytes(all.heldBytes),
    waiting: new WaitingBytes(all.outgoingBytes),
    turn: new EndOfTurn((action) => due.push(action)),
  };
  const socket = new FakeSocket(host);
  const link = make(socket, shared);
  const received: string[] = [];
  const acknowledgements: (() => void)[] = [];
  const ends: LinkEnd[] = [];
  link.start({
    receive: (value, acknowledge) => {
      received.push(text(value));
      acknowledgements.push(acknowledge);
    },
    drained: () => {
      drained += 1;
    },
    ended: (end) => ends.push(end),
  });
  if (!isStranger) link.loggedIn(user);
  const turn = (): void => {
    const actions = due;
    due = [];
    for (const action of actions) action();
  };
  const pass = (seconds: number): void => {
    for (let passed = 0; passed < seconds; passed += 1) {
      now += 1;
      link.sweep(time.now());
      turn();
    }
  };
  return { link, socket, shared, received, acknowledgements, ends, drained: () => drained, pass, turn };
}

/** A payload, and how often it was acknowledged. */
export interface Sent extends OutgoingPayload {
  readonly count: () => number;
}

export function payload(json: string, signature = json): Sent {
  let count = 0;
  const acknowledged = (): void => {
    count += 1;
  };
  return { bytes: bytes(json), signature, acknowledged, count: () => count };
}
