/** A network that lives: a station with what it needs, and people with the peer's client. Loopback only. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DimplesPerson, type DimplesOptions } from './dimples-person.ts';
import { FileServer } from './file-server.ts';
import { Journal } from './journal.ts';
import { startRedis, type Redis } from './redis.ts';
import { dimplesStation, ownStation, StationProgram, type StationName } from './station-program.ts';

/** What must be ended, the last one first. */
interface Endable {
  stop(): Promise<void>;
}

/** The station and everybody around it. */
export class LivingNetwork {
  readonly journal = new Journal();
  /** Where everybody has what they keep. It is gone with the network. */
  readonly directory: string;
  /** An interpreter that has the packages. */
  readonly python: string;
  readonly #running: Endable[] = [];
  #files: FileServer | undefined;
  #station: StationProgram | undefined;
  #redis: Redis | undefined;

  private constructor(python: string) {
    this.python = python;
    this.directory = mkdtempSync(join(tmpdir(), 'living-network-'));
  }

  /**
   * @param python an interpreter that has the packages
   * @throws UnavailablePeer for the peer's station without a Redis server
   */
  static async start(python: string, station: StationName): Promise<LivingNetwork> {
    const network = new LivingNetwork(python);
    try {
      network.#files = network.keep(await FileServer.start());
      network.#station = network.keep(await network.#startStation(station));
      return network;
    } catch (error) {
      await network.stop();
      throw error;
    }
  }

  get station(): StationProgram {
    return started(this.#station);
  }

  /** Where files go. */
  get files(): FileServer {
    return started(this.#files);
  }

  /** What the peer's station and its bridge keep everything in. */
  get redis(): Redis {
    return started(this.#redis);
  }

  /** Ends with the network. */
  keep<T extends Endable>(endable: T): T {
    this.#running.push(endable);
    return endable;
  }

  /** Somebody with the peer's client, who has not come yet. */
  person(options: DimplesOptions): DimplesPerson {
    const place = {
      python: this.python,
      directory: this.directory,
      station: this.station,
      files: this.files,
      journal: this.journal,
    };
    return this.keep(new DimplesPerson(place, options));
  }

  /** Ends everything, whatever state it is in. */
  async stop(): Promise<void> {
    const failed: unknown[] = [];
    for (let last = this.#running.pop(); last !== undefined; last = this.#running.pop()) {
      await last.stop().catch((error: unknown) => failed.push(error));
    }
    rmSync(this.directory, { recursive: true, force: true, maxRetries: 3 });
    if (failed.length > 0) throw new AggregateError(failed, 'not everything of the network ended as it should');
  }

  async #startStation(name: StationName): Promise<StationProgram> {
    if (name === 'dimstation') return StationProgram.start(ownStation(this.directory), this.journal);
    this.#redis = this.keep(await startRedis(this.journal));
    return StationProgram.start(dimplesStation(this.python, this.directory, this.redis.port), this.journal);
  }
}

function started<T>(part: T | undefined): T {
  if (part === undefined) throw new Error('the network was not started');
  return part;
}
