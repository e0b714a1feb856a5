/** A person with the client of this library. */
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { createDim, TextContent, type DimContent, type ID, type JsonMap } from 'dimp';
import { standardPlugin } from 'dimplugins';
import {
  clientPlugin,
  createClient,
  httpFileService,
  type Client,
  type ClientStore,
  type ConnectionState,
  type Delivery,
  type Received,
} from 'dimsdk';
import { openSqliteStore } from 'dimsdk/node';
import { Difference } from '../exchange.ts';
import { EventLog, PATIENCE_MS, type WaitOptions } from './event-log.ts';
import type { OwnOptions } from './own-options.ts';
import type { GroupView, NamedFile, Person, Reading } from './person.ts';
import type { LivingStation } from './station-program.ts';

const plugins = [standardPlugin(), clientPlugin] as const;

/** As an application of the network makes it. */
export const clientDim = createDim({ plugins, wireShape: 'deployed' });

type Known = DimContent<typeof plugins>;

/** What is waited for. */
type Happening =
  | { readonly is: 'received'; readonly received: Received<Known> }
  | { readonly is: 'learned'; readonly id: ID }
  | { readonly is: 'connection'; readonly state: ConnectionState };

/** Somebody with our client. What it keeps is in a file, and outlasts it. */
export class OwnPerson implements Person {
  readonly name: string;
  readonly id: ID;
  #options: OwnOptions;
  readonly #self: ID;
  readonly #events: EventLog<Happening>;
  readonly #sent = new Map<string, Delivery>();
  #store: ClientStore | undefined;
  #client: Client<Known> | undefined;

  private constructor(options: OwnOptions) {
    const { name, user, terminal } = options;
    this.name = name;
    this.id = user.id;
    this.#options = options;
    this.#self = terminal === undefined ? user.id : user.id.at(terminal);
    this.#events = new EventLog(name);
  }

  static async create(options: OwnOptions): Promise<OwnPerson> {
    const person = new OwnPerson(options);
    const store = await person.#openStore();
    await clientDim.addUser(store, options.user);
    await store.close();
    return person;
  }

  async comeBack(): Promise<void> {
    const { transport, port, files } = this.#options;
    const { upload: file, secret } = files;
    this.#store = await this.#openStore();
    const client = createClient({
      dim: clientDim,
      store: this.#store,
      self: this.#self,
      transport,
      stations: [{ host: '127.0.0.1', port }],
      files: { service: httpFileService({ upload: { file, secret: `hex,${secret}` } }) },
      logger: this.#options.journal.logger(this.name),
      pauses: { first: 0.1, longest: 1 },
      agent: 'interop',
    });
    this.#client = client;
    this.#listen(client);
    const from = this.#events.end;
    await client.start();
    await this.#isOnline(from);
  }

  async goAway(): Promise<void> {
    await this.#client?.close();
    await this.#store?.close();
    [this.#client, this.#store] = [undefined, undefined];
  }

  async moveTo(station: LivingStation): Promise<void> {
    await this.goAway();
    this.#options = { ...this.#options, station, port: station.port };
    const from = this.now;
    await this.comeBack();
    await this.#hears('receipt', ({ text: words }) => words === 'Login received.', { from });
  }

  /** @see LivingNetwork.keep */
  async stop(): Promise<void> {
    await this.goAway();
  }

  async text(to: ID, words: string): Promise<void> {
    this.#sent.set(words, await this.#running.send(TextContent.create(words), to));
  }

  async reads({ from, words, group, patienceMs }: Reading): Promise<void> {
    const isIt = ({ content, sender, group: of }: Received<Known>): boolean => {
      const isFor = group === undefined ? of === undefined : of?.equals(group) === true;
      return content.kind === 'text' && content.text === words && sender.equals(from) && isFor;
    };
    await this.#receives(`text "${words.slice(0, 40)}"`, isIt, { patienceMs });
  }

  timesRead(words: string): number {
    const isIt = ({ content }: Received<Known>): boolean => content.kind === 'text' && content.text === words;
    return this.#events.all((event) => (event.is === 'received' && isIt(event.received) ? event : undefined)).length;
  }

  async isToldStored(words: string): Promise<void> {
    await this.#isTold(words, 'sent');
  }

  async isToldPassedOn(words: string): Promise<void> {
    await this.#isTold(words, 'sent');
  }

  async isToldReceived(words: string, by: ID): Promise<void> {
    const delivery = await this.#isTold(words, 'delivered');
    if (!delivery.receiver.equals(by)) throw new Difference(`delivered to ${delivery.receiver.toString()}`);
  }

  async sendFile(to: ID, { filename, data }: NamedFile): Promise<void> {
    const content = await this.#running.files.upload(new Blob([Buffer.from(data)]), { kind: 'image', filename });
    await this.#running.send(content, to);
  }

  async receivesFile(from: ID, filename: string): Promise<Uint8Array> {
    const { content } = await this.#receives(
      `file ${filename}`,
      ({ content: of, sender }) => of.kind === 'image' && of.filename === filename && sender.equals(from),
    );
    if (content.kind !== 'image') throw new Error('no file');
    return new Uint8Array(await (await this.#running.files.download(content)).arrayBuffer());
  }

  async report(title: 'online' | 'offline'): Promise<void> {
    await (title === 'offline' ? this.#running.goToBackground() : this.#running.goToForeground());
    // Nothing answers `offline`: what the station answers next, it does after it.
    const query = { command: 'meta', did: String(this.#options.station.id) };
    await this.asks(`answer after report ${title}`, query, ({ command }) => command === 'meta');
  }

  async asks(
    what: string,
    content: JsonMap,
    isAnswer: (content: JsonMap) => boolean,
    patienceMs?: number,
  ): Promise<void> {
    const from = this.now;
    const fields = { type: 136, sn: 1 + randomInt(2 ** 31 - 2), time: Date.now() / 1000, ...content };
    await this.#running.send(clientDim.Content.parse(fields), this.#options.station.id);
    await this.#hears(what, isAnswer, { from, patienceMs });
  }

  async isTold(what: string, isIt: (content: JsonMap) => boolean): Promise<void> {
    await this.#hears(what, isIt);
  }

  get now(): number {
    return this.#events.end;
  }

  async isBack(from: number): Promise<void> {
    await this.#isOnline(from);
  }

  async newGroup(members: readonly ID[]): Promise<ID> {
    const { group } = await this.#running.groups.found({ name: 'A group', members });
    return group;
  }

  async setMembers(group: ID, members: readonly ID[]): Promise<void> {
    await this.#running.groups.reset(group, members);
  }

  async setAdministrators(group: ID, administrators: readonly ID[]): Promise<void> {
    await this.#running.groups.hire(group, administrators);
  }

  async leave(group: ID): Promise<void> {
    await this.#running.groups.quit(group);
  }

  async knows(what: string, group: ID, isRight: (view: GroupView) => boolean): Promise<void> {
    const { groups } = this.#running;
    for (;;) {
      const from = this.#events.end;
      const state = await groups.state(group);
      const [members, administrators] = [state?.members ?? [], state?.administrators ?? []].map((of) => of.map(String));
      const view = { owner: state?.owner.toString(), members: members ?? [], administrators: administrators ?? [] };
      if (isRight(view)) return;
      await this.#events.first(
        `${what}: ${JSON.stringify(view)}`,
        (event) => (event.is === 'learned' && event.id.equals(group) ? event : undefined),
        { from },
      );
    }
  }

  async #openStore(): Promise<ClientStore> {
    const path = join(this.#options.directory, `${this.#self.toString().replaceAll('/', ' ')}.db`);
    return openSqliteStore({ dim: clientDim, path, vault: 'unprotected' });
  }

  async #isOnline(from: number): Promise<void> {
    await this.#events.first(
      'login',
      (event) => (event.is === 'connection' && event.state.is === 'online' ? event : undefined),
      { from },
    );
  }

  async #receives(
    what: string,
    isIt: (received: Received<Known>) => boolean,
    options?: WaitOptions,
  ): Promise<Received<Known>> {
    return this.#events.first(
      what,
      (event) => (event.is === 'received' && isIt(event.received) ? event.received : undefined),
      options,
    );
  }

  async #hears(what: string, isIt: (content: JsonMap) => boolean, options?: WaitOptions): Promise<void> {
    const { id } = this.#options.station;
    await this.#receives(what, ({ content, sender }) => sender.equals(id) && isIt(content.fields), options);
  }

  async #isTold(words: string, state: 'sent' | 'delivered'): Promise<Delivery> {
    const delivery = this.#sent.get(words);
    if (delivery === undefined) throw new Error(`nobody wrote "${words}"`);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const reason = `${this.name}: "${words.slice(0, 40)}" is ${delivery.state}, not ${state}`;
      timer = setTimeout(() => reject(new Difference(reason)), PATIENCE_MS);
    });
    try {
      await Promise.race([delivery.until(state), late]);
      return delivery;
    } finally {
      clearTimeout(timer);
    }
  }

  #listen(client: Client<Known>): void {
    const { name } = this;
    const { journal } = this.#options;
    client.on('received', (received) => {
      const { content, sender, group } = received;
      journal.add(
        name,
        `received ${content.kind} from ${sender.toString()}${group ? ` in ${group.toString()}` : ''}: ${JSON.stringify(content)}`,
      );
      this.#events.add({ is: 'received', received });
    });
    client.on('connection', (state) => {
      journal.add(name, `is ${state.is}`);
      this.#events.add({ is: 'connection', state });
    });
    client.on('delivery', ({ state, receiver, error }) =>
      journal.add(name, `delivery to ${receiver.toString()} is ${state} ${error?.code ?? ''}`),
    );
    client.on('learned', ({ id }) => {
      journal.add(name, `learned of ${id.toString()}`);
      this.#events.add({ is: 'learned', id });
    });
    client.on('refused', ({ sender, error }) =>
      journal.add(name, `refused a message of ${String(sender)}: ${error.code} ${error.path} ${error.message}`),
    );
    client.on('error', ({ error }) => journal.add(name, `error: ${String(error)}`));
    client.on('handler-failed', ({ error }) => journal.add(name, `handler failed: ${String(error)}`));
    client.on('meta-changed', ({ id }) => journal.add(name, `another meta of ${id.toString()}`));
  }

  get #running(): Client<Known> {
    if (this.#client === undefined) throw new Error(`${this.name} is away`);
    return this.#client;
  }
}
