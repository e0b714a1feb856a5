/** A station on this machine, which can be started again over its file. */
import { EntityType, type ID, type User } from 'dimp';
import { systemClock } from 'dimsdk';
import {
  createStation,
  listen,
  openSqliteEngine,
  type Counted,
  type Listener,
  type SqliteEngine,
  type Station,
} from 'dimstation';
import { dim } from './dim.ts';

/** What runs, from the port down to the file. */
interface Running {
  readonly listener: Listener;
  readonly station: Station;
  readonly engine: SqliteEngine;
}

/** A station on this machine. */
export class StationHere {
  readonly #path: string;
  readonly #counts = new Map<Counted, number>();
  #identity: User | undefined;
  #running: Running | undefined;
  #port = 0;

  constructor(path: string) {
    this.#path = path;
  }

  /** Starts it: again at the same port, with the same identity, over what its file has. */
  async start(): Promise<void> {
    this.#identity ??= await dim.createUser({ name: 'Station', seed: 'station', type: EntityType.STATION });
    const engine = await openSqliteEngine({ path: this.#path });
    const meter = { add: (what: Counted, count = 1) => void this.#counts.set(what, this.count(what) + count) };
    const station = await createStation({ dim, identity: this.#identity, engine, meter });
    const where = { host: '127.0.0.1', port: this.#port };
    const listener = await listen({ accept: station.accept, ...where, clock: systemClock });
    this.#port = listener.port;
    this.#running = { listener, station, engine };
  }

  async stop(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    await running?.listener.close({ graceSeconds: 1 });
    await running?.station.close();
    await running?.engine.close();
  }

  get id(): ID {
    if (this.#identity === undefined) throw new Error('it is not started');
    return this.#identity.id;
  }

  get port(): number {
    return this.#port;
  }

  /** How often something was so. */
  count(what: Counted): number {
    return this.#counts.get(what) ?? 0;
  }

  /** Messages that wait for those who are away. */
  async waiting(): Promise<number> {
    return (await this.#running?.engine.mailbox.total())?.messages ?? 0;
  }
}
