/** The station in the middle: the peer's, or the one of this library. Each is a process that may be killed. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ID, JsonMap } from 'dimp';
import { dim } from '../own/dim.ts';
import { PYTHON_DIRECTORY } from '../python-environment.ts';
import { number, text } from '../values.ts';
import type { Journal } from './journal.ts';
import { startProgram, type Program, type ProgramOptions } from './program.ts';

/** Those that there are. */
export const STATIONS = ['dimples', 'dimstation'] as const;

export type StationName = (typeof STATIONS)[number];

/** A network by the station in the middle; in the bridge, both of them are, and are neighbors; the page is at each in turn. */
export type NetworkName = StationName | 'bridge' | 'page';

/** A station as others find it. */
export interface LivingStation {
  readonly id: ID;
  readonly port: number;
}

/** How to start it. The port is an argument behind all others: 0 at first, then the one that it got. */
type Command = Pick<ProgramOptions, 'name' | 'command' | 'arguments'>;

/** The peer's. It needs Redis. */
export function dimplesStation(python: string, directory: string, redisPort: number): Command {
  const script = join(PYTHON_DIRECTORY, 'network', 'station.py');
  return { name: 'dimples', command: python, arguments: [script, join(directory, 'station'), String(redisPort)] };
}

/** Ours. It needs a file. @param neighbor another station that it connects to */
export function ownStation(directory: string, neighbor?: LivingStation): Command {
  const script = fileURLToPath(new URL('station-process.js', import.meta.url));
  const address = neighbor === undefined ? '' : `${neighbor.port}#${neighbor.id.toString()}`;
  return {
    name: 'dimstation',
    command: process.execPath,
    arguments: [script, join(directory, 'station.db'), address],
  };
}

/** A station that runs. */
export class StationProgram implements LivingStation {
  readonly id: ID;
  readonly port: number;
  readonly #command: Command;
  readonly #journal: Journal;
  #program: Program;

  private constructor(command: Command, journal: Journal, program: Program, listening: LivingStation) {
    this.id = listening.id;
    this.port = listening.port;
    this.#command = command;
    this.#journal = journal;
    this.#program = program;
  }

  static async start(command: Command, journal: Journal): Promise<StationProgram> {
    const program = run(command, journal, 0);
    try {
      return new StationProgram(command, journal, program, await listeningOf(program));
    } catch (error) {
      await program.stop();
      throw error;
    }
  }

  /** Kills it, in the middle of whatever it does, and starts it again over what it has kept, at the same port. */
  async restart(): Promise<void> {
    await this.#program.kill();
    this.#program = run(this.#command, this.#journal, this.port);
    const { id } = await listeningOf(this.#program);
    if (!id.equals(this.id)) throw new Error('it has become another station');
  }

  /**
   * Waits until our station says that a neighbor is there.
   * @param connectedBy over whose connection
   * @param from a place of `now`
   */
  async isJoined(neighbor: ID, connectedBy: 'us' | 'them', from?: number): Promise<void> {
    const isIt = (event: JsonMap): boolean =>
      event['event'] === 'neighbor' && event['neighbor'] === String(neighbor) && event['connectedBy'] === connectedBy;
    const what = `neighbor that ${connectedBy === 'us' ? 'was called' : 'calls'}`;
    await this.#program.events.first(what, (event) => (isIt(event) ? event : undefined), { from });
  }

  get pid(): number | undefined {
    return this.#program.pid;
  }

  /** A place in what it has said. */
  get now(): number {
    return this.#program.events.end;
  }

  async stop(): Promise<void> {
    await this.#program.stop();
  }
}

function run(command: Command, journal: Journal, port: number): Program {
  return startProgram({ journal, ...command, arguments: [...command.arguments, String(port)] });
}

async function listeningOf(program: Program): Promise<LivingStation> {
  const event = await program.events.first('start', (one) => (one['event'] === 'listening' ? one : undefined));
  return { id: dim.ID.parse(text(event, 'id')), port: number(event, 'port') };
}
