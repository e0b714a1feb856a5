/** A station that keeps nothing and talks to nobody, and a process that runs commands: for tests of what is around them. */
import { writeFileSync } from 'node:fs';
import { DimError, type ID } from 'dimp';
import type {
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
};

/** A name that would clear a terminal, and turn the direction of writing. */
export const NASTY_NAME = 'Mallory\u001B[2J\u202E';

export class TestStation implements RunningStation {
  readonly addresses = ['tcp://127.0.0.1:9394', 'ws://127.0.0.1:9394'];
  readonly blocked = new Set<string>();
  readonly start: StationStart | undefined;
  /** Whether the store answers. */
  store: 'answers' | 'fails' | 'hangs' = 'answers';
  /** Whether clients finish before somebody is in a hurry. */
  isSlow = false;
  end: 'drained' | 'hurried' | undefined;
  /** The clients of a slow one have finished. */
  finish: () => void = () => undefined;
  readonly #finished = new Promise<void>((resolve) => {
    this.finish = resolve;
  });

  constructor(start?: StationStart) {
    this.start = start;
  }

  async counts(): Promise<StationCounts> {
    if (this.store === 'fails') throw new DimError('STORE_FAILED', 'the disk is gone');
    if (this.store === 'hangs') return new Promise(() => undefined);
    return COUNTS;
  }

  async users(limit: number): Promise<readonly UserSummary[]> {
    const users = [
      { id: 'alice@somewhere', name: 'Alice', sessions: 2, seenAt: 1_700_000_000, isBlocked: false },
      { id: 'mallory@somewhere', name: NASTY_NAME, sessions: 0, seenAt: undefined, isBlocked: true },
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

  async block(user: ID): Promise<boolean> {
    const isNew = !this.blocked.has(user.entityKey);
    this.blocked.add(user.entityKey);
    return isNew;
  }

  async unblock(user: ID): Promise<boolean> {
    return this.blocked.delete(user.entityKey);
  }

  async backup(path: string): Promise<void> {
    if (this.store === 'fails') throw new DimError('STORE_FAILED', 'the disk is gone');
    writeFileSync(path, 'copy');
  }

  async close(hurry: AbortSignal): Promise<void> {
    if (this.isSlow && !hurry.aborted)
      await Promise.race([
        this.#finished,
        new Promise<void>((resolve) => hurry.addEventListener('abort', () => resolve())),
      ]);
    this.end = hurry.aborted ? 'hurried' : 'drained';
  }
}
