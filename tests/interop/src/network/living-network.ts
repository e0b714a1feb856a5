/** A network that lives: the peer's station with what it needs, and people with the peer's client. Loopback only. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dim } from '../own/dim.ts';
import { PYTHON_DIRECTORY } from '../python-environment.ts';
import { number, text } from '../values.ts';
import { DimplesPerson, type DimplesOptions, type LivingStation } from './dimples-person.ts';
import { FileServer } from './file-server.ts';
import { Journal } from './journal.ts';
import { startProgram } from './program.ts';
import { startRedis } from './redis.ts';

/** What must be ended, the last one first. */
interface Endable {
  stop(): Promise<void>;
}

/** The station and everybody around it. */
export class LivingNetwork {
  readonly journal = new Journal();
  /** Where everybody has what they keep. It is gone with the network. */
  readonly directory: string;
  readonly #python: string;
  readonly #running: Endable[] = [];
  #files: FileServer | undefined;
  #station: LivingStation | undefined;

  private constructor(python: string) {
    this.#python = python;
    this.directory = mkdtempSync(join(tmpdir(), 'living-network-'));
  }

  /**
   * @param python an interpreter that has the packages
   * @throws UnavailablePeer without a Redis server
   */
  static async start(python: string): Promise<LivingNetwork> {
    const network = new LivingNetwork(python);
    try {
      network.#files = network.keep(await FileServer.start());
      network.#station = await network.#startStation();
      return network;
    } catch (error) {
      await network.stop();
      throw error;
    }
  }

  get station(): LivingStation {
    return started(this.#station);
  }

  /** Where files go. */
  get files(): FileServer {
    return started(this.#files);
  }

  /** Ends with the network. */
  keep<T extends Endable>(endable: T): T {
    this.#running.push(endable);
    return endable;
  }

  /** Somebody with the peer's client, who has not come yet. */
  person(options: DimplesOptions): DimplesPerson {
    const place = {
      python: this.#python,
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

  async #startStation(): Promise<LivingStation> {
    const redis = this.keep(await startRedis(this.journal));
    const script = join(PYTHON_DIRECTORY, 'network', 'station.py');
    const program = this.keep(
      startProgram({
        name: 'station',
        command: this.#python,
        arguments: [script, join(this.directory, 'station'), String(redis.port)],
        journal: this.journal,
      }),
    );
    const listening = await program.events.first('start', (event) =>
      event['event'] === 'listening' ? event : undefined,
    );
    return { id: dim.ID.parse(text(listening, 'id')), port: number(listening, 'port') };
  }
}

function started<T>(part: T | undefined): T {
  if (part === undefined) throw new Error('the network was not started');
  return part;
}
