/** A person with the peer's client: `python/network/person.py` in a process of its own. */
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import type { ID, JsonMap } from 'dimp';
import { isJsonMap } from 'dimp/extend';
import { dim } from '../own/dim.ts';
import { PYTHON_DIRECTORY } from '../python-environment.ts';
import { asText, number, optionalText, text, texts } from '../values.ts';
import { isText, isUpToDate, originOf, seenIn, type Seen } from './dimples-events.ts';
import type { WaitOptions } from './event-log.ts';
import type { FileServer } from './file-server.ts';
import type { Journal } from './journal.ts';
import type { GroupView, NamedFile, Person, Reading } from './person.ts';
import { startProgram, type Program } from './program.ts';
import type { LivingStation } from './station-program.ts';

/** Who it is. */
export interface DimplesOptions {
  readonly name: string;
  /** 1 (MKM), 2 (BTC) or 4 (ETH). */
  readonly metaType: '1' | '2' | '4';
  readonly terminal?: string | undefined;
  /** Another device of the same person: the identity is the one of that. */
  readonly deviceOf?: DimplesPerson | undefined;
}

/** Where it runs. */
export interface DimplesPlace {
  readonly python: string;
  /** Where people have their folders. */
  readonly directory: string;
  readonly station: LivingStation;
  /** Where files go. */
  readonly files: FileServer;
  readonly journal: Journal;
}

/** The library's word for a message that is on its receiver's device. */
const RECEIVED = 'Message received.';
/** The station's for one that waits for somebody, and for one that it has given to another. */
const CACHED = 'Message cached.';
const PASSED_ON = ['Message redirected.', 'Message redirected via station bridge.'];

/** The library tries again after 8 seconds, then after 16. */
const RECONNECTION_MS = 60_000;

/** Somebody with the peer's client. */
export class DimplesPerson implements Person {
  readonly name: string;
  readonly #folder: string;
  readonly #place: DimplesPlace;
  readonly #arguments: readonly string[];
  /** The messages with texts. */
  readonly #sent = new Map<string, JsonMap>();
  /** What was shown by programs that have ended. */
  readonly #before: Seen[] = [];
  #station: LivingStation;
  #program: Program | undefined;
  #id: ID | undefined;
  #versions: Readonly<Record<string, string>> = {};

  constructor(place: DimplesPlace, { name, metaType, terminal = '', deviceOf }: DimplesOptions) {
    this.name = name;
    this.#place = place;
    this.#station = place.station;
    this.#folder = join(place.directory, name);
    this.#arguments = [this.#folder, name, metaType, terminal, ...(deviceOf === undefined ? [] : [deviceOf.#folder])];
  }

  get id(): ID {
    if (this.#id === undefined) throw new Error(`${this.name} never came`);
    return this.#id;
  }

  /** Packages and their versions. */
  get versions(): Readonly<Record<string, string>> {
    return this.#versions;
  }

  /** The account is made at the first time. */
  async comeBack(): Promise<void> {
    const { python, journal } = this.#place;
    const script = join(PYTHON_DIRECTORY, 'network', 'person.py');
    const program = startProgram({
      name: this.name,
      command: python,
      arguments: [script, ...this.#arguments],
      journal,
    });
    this.#program = program;
    const awake = await program.events.first('awakening', (event) => (event['event'] === 'awake' ? event : undefined));
    this.#id = dim.ID.parse(text(awake, 'id'));
    const { versions } = awake;
    if (versions === undefined || !isJsonMap(versions)) throw new TypeError('versions must be a map');
    this.#versions = Object.fromEntries(Object.entries(versions).map(([key, version]) => [key, asText(version)]));
    await program.request('connect', { port: this.#station.port });
    await program.events.first('login', ({ event, state }) =>
      event === 'state' && state === 'running' ? true : undefined,
    );
  }

  async goAway(): Promise<void> {
    if (this.#program === undefined) return;
    await this.#program.stop();
    this.#before.push(...this.#program.events.all((event) => seenIn(event)));
    this.#program = undefined;
  }

  async moveTo(station: LivingStation): Promise<void> {
    await this.goAway();
    this.#station = station;
    await this.comeBack();
    // The library says so after some minutes.
    await this.#running.request('login');
    await this.isTold('receipt', ({ text: words }) => words === 'Login received.');
  }

  /** @see LivingNetwork.keep */
  async stop(): Promise<void> {
    await this.goAway();
  }

  async text(to: ID, words: string): Promise<void> {
    await this.meet(to);
    this.#sent.set(words, await this.#running.request('text', { to: String(to), text: words }));
  }

  async reads({ from, words, group, patienceMs }: Reading): Promise<void> {
    const isIt = ({ sender, content }: Seen): boolean => {
      const isFor = group === undefined ? content['group'] === undefined : content['group'] === String(group);
      return content['text'] === words && isText(content) && sender === String(from) && isFor;
    };
    await this.sees(`text "${words.slice(0, 40)}"`, isIt, { patienceMs });
  }

  timesRead(words: string): number {
    const seen = [...this.#before, ...(this.#program?.events.all((event) => seenIn(event)) ?? [])];
    return seen.filter(({ content }) => isText(content) && content['text'] === words).length;
  }

  async isToldStored(words: string): Promise<void> {
    await this.#receipt([CACHED], words, this.#station.id);
  }

  async isToldPassedOn(words: string): Promise<void> {
    await this.#receipt(PASSED_ON, words, this.#station.id);
  }

  async isToldReceived(words: string, by: ID): Promise<void> {
    await this.#receipt([RECEIVED], words, by);
  }

  /** The serial number of a text, in digits. */
  numberOf(words: string): string {
    return asText(this.#sent.get(words)?.['sn']);
  }

  /** Asks the program for what this library has no word for. */
  async asked(op: string, parameters: JsonMap): Promise<JsonMap> {
    return this.#running.request(op, parameters);
  }

  /** @param op how it is encrypted: `picture` as now, `old-picture` with the key of its message */
  async sendFile(to: ID, { filename, data }: NamedFile, op: 'picture' | 'old-picture' = 'picture'): Promise<void> {
    await this.meet(to);
    const base64 = Buffer.from(data).toString('base64');
    const { upload, secret } = this.#place.files;
    await this.#running.request(op, { to: String(to), filename, data: base64, upload, secret });
  }

  async receivesFile(from: ID, filename: string): Promise<Uint8Array> {
    const { content } = await this.sees(
      `file ${filename}`,
      (seen) => seen.content['filename'] === filename && seen.sender === String(from),
    );
    return Buffer.from(text(await this.#running.request('open-file', { content }), 'data'), 'base64');
  }

  async report(title: 'online' | 'offline'): Promise<void> {
    await this.#running.request(title);
    // Nothing answers `offline`: what the station answers next, it does after it.
    await this.#isAnswered(`report ${title}`);
  }

  async asks(
    what: string,
    content: JsonMap,
    isAnswer: (content: JsonMap) => boolean,
    patienceMs?: number,
  ): Promise<void> {
    const { id } = this.#station;
    const from = this.now;
    const fields = { type: 136, sn: 1 + randomInt(2 ** 31 - 2), time: Date.now() / 1000, ...content };
    await this.#running.request('content', { to: String(id), content: fields });
    await this.sees(what, (seen) => seen.sender === String(id) && isAnswer(seen.content), { from, patienceMs });
  }

  async isTold(what: string, isIt: (content: JsonMap) => boolean): Promise<void> {
    const { id } = this.#station;
    await this.sees(what, ({ sender, content }) => sender === String(id) && isIt(content));
  }

  /** Asks the station for what it always answers. */
  async #isAnswered(after: string): Promise<void> {
    const query = { command: 'meta', did: String(this.#station.id) };
    await this.asks(`answer after ${after}`, query, ({ command }) => command === 'meta');
  }

  get now(): number {
    return this.#running.events.end;
  }

  /** The library takes itself for logged in with the key of the connection before, until the station says "DIM?". */
  async isBack(from: number): Promise<void> {
    let isAccepted = false;
    const isIn = (event: JsonMap): true | undefined => {
      if (seenIn(event)?.content['title'] === 'DIM!') isAccepted = true;
      return isAccepted && event['event'] === 'state' && event['state'] === 'running' ? true : undefined;
    };
    await this.#running.events.first('login again', isIn, { from, patienceMs: RECONNECTION_MS });
  }

  /** What an application does before it lets anybody write to a stranger: the library loses what is written before. */
  async meet(...people: readonly ID[]): Promise<void> {
    for (const id of people) {
      if (id.equals(this.id) || id.isGroup) continue;
      const known = await this.#running.request('query', { id: String(id) });
      if (number(known, 'documents') > 0) continue;
      await this.#running.events.first(`document of ${String(id)}`, (event) =>
        event['event'] === 'document' && event['id'] === String(id) ? true : undefined,
      );
      // There may be more of them in the answer: the next one is read after all of it.
      await this.#isAnswered(`documents of ${String(id)}`);
    }
  }

  async newGroup(members: readonly ID[]): Promise<ID> {
    await this.meet(...members);
    return dim.ID.parse(text(await this.#running.request('new-group', { members: members.map(String) }), 'id'));
  }

  async setMembers(group: ID, members: readonly ID[]): Promise<void> {
    await this.meet(...members);
    await this.#running.request('reset', { group: String(group), members: members.map(String) });
  }

  async setAdministrators(group: ID, administrators: readonly ID[]): Promise<void> {
    await this.#running.request('administrators', { group: String(group), members: administrators.map(String) });
  }

  async leave(group: ID): Promise<void> {
    await this.#running.request('leave', { group: String(group) });
  }

  async knows(what: string, group: ID, isRight: (view: GroupView) => boolean): Promise<void> {
    const { events } = this.#running;
    for (;;) {
      const from = events.end;
      if (isRight(await this.#group(group))) return this.#settles(group);
      const change = ({ event, id }: JsonMap): true | undefined =>
        (event === 'members' || event === 'document') && id === String(group) ? true : undefined;
      await events.first(what, change, { from });
    }
  }

  /**
   * The library asks for the history of each new group, and takes an old `reset` that comes in answer for newer than all that
   * happened meanwhile: whoever does something in the group before that finds it undone.
   */
  async #settles(group: ID): Promise<void> {
    const { events } = this.#running;
    const isOf = (event: JsonMap, what: string): boolean => event['event'] === what && event['id'] === String(group);
    const asked = events.all((event) => (isOf(event, 'asked') && event['sent'] === true ? event : undefined)).length;
    let answers = 0;
    await events.first(`history of ${String(group)}`, (event) => {
      // The first one is what the founder sent without being asked.
      if (isOf(event, 'handled') && event['command'] === 'reset') answers += 1;
      if (isUpToDate(event, group)) answers += 1;
      return asked === 0 || answers > asked ? event : undefined;
    });
  }

  async #group(group: ID): Promise<GroupView> {
    const view = await this.#running.request('group', { group: String(group) });
    return {
      owner: text(view, 'owner'),
      members: texts(view, 'members'),
      administrators: texts(view, 'administrators'),
    };
  }

  async #receipt(words: readonly string[], of: string, from: ID): Promise<void> {
    const signature = optionalText(this.#sent.get(of) ?? {}, 'signature') ?? '';
    await this.sees(`receipt "${words.join('" or "')}" for "${of.slice(0, 40)}"`, ({ sender, content }) => {
      if (content['command'] !== 'receipt' || !words.includes(asText(content['text']))) return false;
      return sender === String(from) && asText(originOf(content)['signature']) === signature;
    });
  }

  /** Waits until the client is given a content. @param what it is, for the report */
  async sees(what: string, isIt: (seen: Seen) => boolean, options?: WaitOptions): Promise<Seen> {
    return this.#running.events.first(
      what,
      (event) => {
        const seen = seenIn(event);
        return seen !== undefined && isIt(seen) ? seen : undefined;
      },
      options,
    );
  }

  get #running(): Program {
    if (this.#program === undefined) throw new Error(`${this.name} is away`);
    return this.#program;
  }
}
