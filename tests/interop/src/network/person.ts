/** Somebody at a client, ours or the peer's, as the scenarios see it: so that each of them is written once for both ways. */
import type { ID, JsonMap } from 'dimp';
import { Difference } from '../exchange.ts';
import type { LivingStation } from './station-program.ts';

/** What a client knows of a group. */
export interface GroupView {
  readonly owner: string | undefined;
  readonly members: readonly string[];
  readonly administrators: readonly string[];
}

/** A text, as it was shown to somebody. */
export interface Reading {
  readonly from: ID;
  readonly words: string;
  readonly group?: ID | undefined;
  /** For what may well not come. */
  readonly patienceMs?: number | undefined;
}

/** A picture or another file. */
export interface NamedFile {
  readonly filename: string;
  readonly data: Uint8Array;
}

/**
 * Somebody who talks to one other. Whoever waits for something waits some seconds for it.
 * @throws Difference where it does not come; Refusal where the client says no; BrokenSide where the client ended
 */
export interface Talker {
  readonly name: string;
  readonly id: ID;

  /** Writes to a user or a group: also to a stranger, whom the client is told of as its users would. */
  text(to: ID, words: string): Promise<void>;
  /** Waits until a text is shown. */
  reads(reading: Reading): Promise<void>;
  /** How often a text was shown so far. */
  timesRead(words: string): number | Promise<number>;
  /** Waits until the client says that a text, written by `text`, was received by somebody. */
  isToldReceived(words: string, by: ID): Promise<void>;

  /** Encrypts a file, puts it on the server, and sends where it is. */
  sendFile(to: ID, file: NamedFile): Promise<void>;
  /** Waits for a file, fetches and decrypts it. */
  receivesFile(from: ID, filename: string): Promise<Uint8Array>;
}

/** Somebody at one device, who does all that a client can. */
export interface Person extends Talker {
  timesRead(words: string): number;
  /** Waits until the client says that a text, written by `text`, is kept for somebody who is away. */
  isToldStored(words: string): Promise<void>;
  /** Waits until the client says that its station has given a text, written by `text`, to another one. */
  isToldPassedOn(words: string): Promise<void>;

  /** Ends the client, without a word to anybody. */
  goAway(): Promise<void>;
  /** Starts it again, with what is on its disk, and waits until it is logged in. */
  comeBack(): Promise<void>;
  /** Starts it again at another station, and tells everybody; that station has heard it. */
  moveTo(station: LivingStation): Promise<void>;
  /** Tells the station that nobody looks at the screen, or does again. The connection stays. */
  report(title: 'online' | 'offline'): Promise<void>;

  /** Sends a content to the station, and waits until the station says something. @param what it is, for the report */
  asks(what: string, content: JsonMap, isAnswer: (content: JsonMap) => boolean, patienceMs?: number): Promise<void>;
  /** Waits until the station says something, however long ago. */
  isTold(what: string, isIt: (content: JsonMap) => boolean): Promise<void>;
  /** Waits until the client is logged in again, once its connection has ended. @param since a place of `now` */
  isBack(since: number): Promise<void>;
  /** A place in what has happened to the client. */
  readonly now: number;

  newGroup(members: readonly ID[]): Promise<ID>;
  setMembers(group: ID, members: readonly ID[]): Promise<void>;
  setAdministrators(group: ID, administrators: readonly ID[]): Promise<void>;
  leave(group: ID): Promise<void>;
  /** Waits until the client knows a group like this. @param what it is, for the report */
  knows(what: string, group: ID, isRight: (view: GroupView) => boolean): Promise<void>;
}

/** Whoever should read a text was waited for; here, that nobody read one again. */
export async function checkOnce(readers: readonly Talker[], texts: readonly string[]): Promise<void> {
  for (const reader of readers) {
    for (const text of texts) {
      const times = await reader.timesRead(text);
      if (times > 1) throw new Difference(`${reader.name} reads "${text.slice(0, 40)}" ${times} times`);
    }
  }
}
