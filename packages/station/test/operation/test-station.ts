/** A station that keeps nothing and talks to nobody, and a process that runs commands: for tests of what is around them. */
import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { DimError } from 'dimp';
import type { Certificate } from '../../src/listener/listen.ts';
import type {
  Blocking,
  NeighborSummary,
  RunningStation,
  SessionSummary,
  StationCounts,
  StationStart,
  UserSummary,
} from '../../src/operation/running-station.ts';

export const COUNTS: StationCounts = {
  connections: 3,
  sessions: 2,
  users: 5,
  mailbox: { boxes: 1, messages: 7, bytes: 700 },
  files: { files: 4, bytes: 65_536 },
};

/** A name that would clear a terminal, and turn the direction of writing. */
export const NASTY_NAME = 'Mallory\u001B[2J\u202E';

export class TestStation implements RunningStation {
  readonly addresses = ['tcp://127.0.0.1:9394', 'ws://127.0.0.1:9394'];
  readonly chat: string | undefined;
  readonly blocked = new Set<string>();
  readonly start: StationStart | undefined;
  /** Whether the store answers. */
  store: 'answers' | 'fails' | 'hangs' = 'answers';
  /** Whether clients finish before the grace is over. */
  isSlow = false;
  end: 'drained' | 'hurried' | undefined;
  /** The clients of a slow one have finished. */
  finish: () => void = () => undefined;
  readonly #finished = new Promise<'drained'>((resolve) => {
    this.finish = () => resolve('drained');
  });

  constructor(start?: StationStart) {
    this.start = start;
    this.chat = start?.settings.web === undefined ? undefined : 'http://127.0.0.1:9394/';
  }

  async counts(): Promise<StationCounts> {
    if (this.store === 'fails') throw new DimError('STORE_FAILED', 'the disk is gone');
    if (this.store === 'hangs') return new Promise(() => undefined);
    return COUNTS;
  }

  async users(limit: number): Promise<readonly UserSummary[]> {
    const users = [
      { id: 'alice@somewhere', name: 'Alice', sessions: 2, changedAt: 1_700_000_000, isBlocked: false },
      { id: 'mallory@somewhere', name: NASTY_NAME, sessions: 0, changedAt: 1_700_000_001, isBlocked: true },
    ];
    return users.slice(0, limit);
  }

  async sessions(): Promise<readonly SessionSummary[]> {
    return [
      {
        user: 'alice@somewhere',
        terminal: 'phone',
        framing: 'mtp',
        host: '10.0.0.7',
        port: 4711,
        since: 1_700_000_000,
      },
    ];
  }

  async queues(): ReturnType<RunningStation['queues']> {
    return [];
  }

  neighbors(): readonly NeighborSummary[] {
    return [
      { id: 'near@somewhere', host: '10.0.0.8', port: 9394, isConnected: true, problem: undefined },
      { id: 'far@somewhere', host: 'far.example', port: 9394, isConnected: false, problem: 'nobody listens there' },
    ];
  }

  readonly blocking: Blocking = {
    list: (limit) => [...this.blocked].slice(0, limit).map((user) => ({ user, since: 1_700_000_002 })),
    block: async ({ entityKey }) => {
      const isNew = !this.blocked.has(entityKey);
      this.blocked.add(entityKey);
      return isNew;
    },
    unblock: async ({ entityKey }) => this.blocked.delete(entityKey),
  };

  async backup(path: string): Promise<void> {
    if (this.store === 'fails') throw new DimError('STORE_FAILED', 'the disk is gone');
    writeFileSync(path, 'copy', { flag: 'wx', mode: 0o600 });
  }

  /** Those that it was given while it ran. */
  readonly certificates: Certificate[] = [];

  useCertificate(certificate: Certificate): void {
    if (!certificate.cert.includes('CERTIFICATE'))
      throw new DimError('USAGE_ARGUMENT', 'must be a key and its certificate, in PEM', { path: 'tls' });
    this.certificates.push(certificate);
  }

  async close(graceSeconds: number): Promise<void> {
    const over = new AbortController();
    const grace = sleep(graceSeconds * 1000, 'hurried' as const, { signal: over.signal });
    grace.catch(() => undefined);
    this.end = this.isSlow ? await Promise.race([this.#finished, grace]) : 'drained';
    over.abort();
  }
}
