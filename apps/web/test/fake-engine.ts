/**
 * An engine without a network, a store and keys: what views are built and looked at with. `?fake` in the address of the page of
 * `vite` begins it, `?fake=empty`, `?fake=locked`, `?fake=broken` or `?fake=many` with something else; tests make their own.
 */
import { createRecoveryWords } from 'dimsdk/words';
import { EngineError, type EngineLink } from '../src/link/engine-link.ts';
import type { CallName, Engine, EngineEvent, EngineState, Parameter } from '../src/protocol/calls.ts';
import type { ConnectionView, Failure, MessageView, Saying, SettingsView } from '../src/protocol/views.ts';
import { armour, nowInSeconds, PASSPHRASE, picture, readWords, refused, shortly } from './fake/given.ts';
import { FakeGroups } from './fake/groups.ts';
import { FakePeople, fakeId, idIn, ME, meView } from './fake/people.ts';
import { delivery, FakeTalk } from './fake/talk.ts';
import { FakeTransfers } from './fake/transfers.ts';

export interface FakeOptions {
  readonly begins?: 'open' | 'empty' | 'locked' | 'broken';
  /** How many messages more are in the conversation with Alice. */
  readonly messages?: number;
  readonly now?: () => number;
  /** What each step of a delivery and of a transfer waits for. */
  readonly wait?: () => Promise<void>;
}

/** What the address of the page asks for. */
export function fakeFor(address: string): FakeEngine {
  const asked = new URL(address).searchParams.get('fake');
  if (asked === 'empty' || asked === 'locked' || asked === 'broken') return new FakeEngine({ begins: asked });
  return new FakeEngine({ messages: asked === 'many' ? 10_000 : 0 });
}

export class FakeEngine implements EngineLink {
  readonly people: FakePeople;
  readonly talk: FakeTalk;
  readonly groups: FakeGroups;
  readonly engine: Engine;
  /** All calls, the first first. */
  readonly calls: { readonly name: CallName; readonly parameter: unknown }[] = [];
  /** What the next call of a name is refused with. */
  readonly refusals = new Map<CallName, Failure>();
  readonly #listeners = new Set<(event: EngineEvent) => void>();
  readonly #now: () => number;
  readonly #wait: () => Promise<void>;
  readonly #done = new Map<string, MessageView>();
  #phase: EngineState['phase'];
  #connection: ConnectionView = { is: 'online' };
  #settings: SettingsView = { station: 'ws://127.0.0.1:9394', files: undefined, receipts: 'all' };
  readonly #transfers: FakeTransfers;
  #name = 'Robin';
  #passphrase: string | undefined = PASSPHRASE;

  constructor({ begins = 'open', messages = 0, now = nowInSeconds, wait = shortly }: FakeOptions = {}) {
    this.#now = now;
    this.#wait = wait;
    this.people = new FakePeople(begins === 'empty');
    this.talk = new FakeTalk(this.people, now(), messages);
    this.groups = new FakeGroups(this.people, now);
    this.#transfers = new FakeTransfers(wait, (event) => this.tell(event ?? { tell: 'state', state: this.state }));
    const broken = { code: 'STORE_VERSION', path: undefined, reason: 'the store is of version 9, this reads 8' };
    if (begins === 'open') this.#phase = { is: 'open', me: this.#me() };
    else if (begins === 'locked') this.#phase = { is: 'locked', id: ME, name: this.#name };
    else this.#phase = begins === 'empty' ? { is: 'empty' } : { is: 'broken', failure: broken };
    this.engine = this.#engine();
  }

  readonly call: EngineLink['call'] = async (name, ...[parameter]) => {
    this.calls.push({ name, parameter });
    const refusal = this.refusals.get(name);
    this.refusals.delete(name);
    if (refusal !== undefined) throw new EngineError(refusal);
    // As a channel does: nobody gets at what another has.
    const copy = structuredClone(parameter) as Parameter<typeof name>;
    return structuredClone(await this.engine[name](copy));
  };

  hear(listener: (event: EngineEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(event: EngineEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  /** A peer writes. */
  receive(conversation: string, text: string, by = conversation): MessageView {
    const message = this.talk.add(conversation, this.people.get(by), this.#now(), { is: 'text', text });
    this.#tellMessage(message, true);
    return message;
  }

  /** The network comes and goes. */
  connect(connection: ConnectionView): void {
    this.#connection = connection;
    this.#tellState();
  }

  get state(): EngineState {
    return {
      phase: this.#phase,
      connection: this.#connection,
      settings: this.#settings,
      transfers: this.#transfers.going,
    };
  }

  #engine(): Engine {
    const { people, talk, groups } = this;
    const begin = (name: string, passphrase: string | undefined) => {
      [this.#name, this.#passphrase] = [name, passphrase];
      this.#open();
    };
    const tellPeople = <T>(value: T): T => {
      this.tell({ tell: 'people' });
      return value;
    };
    const check = (passphrase: string | undefined) => {
      if (passphrase !== this.#passphrase) throw refused('VAULT_PASSPHRASE', 'the passphrase does not open the keys');
    };
    return {
      state: async () => this.state,
      makeWords: async () => createRecoveryWords(),
      create: async ({ name, passphrase }) => begin(name, passphrase),
      restore: async ({ name, passphrase, words }) => {
        readWords(words);
        begin(name, passphrase);
      },
      importIdentity: async ({ name, passphrase, text, filePassphrase }) => {
        if (!text.includes('BEGIN DIM IDENTITY')) throw refused('INPUT_FORMAT', 'the text is no identity', 'text');
        if (filePassphrase !== PASSPHRASE) throw refused('VAULT_PASSPHRASE', 'the passphrase does not open the file');
        begin(name === '' ? 'Robin' : name, passphrase);
        return { refused: 0 };
      },
      exportIdentity: async () => armour(),
      unlock: async ({ passphrase }) => {
        check(passphrase);
        this.#open();
      },
      lock: async () => this.#enter({ is: 'locked', id: ME, name: this.#name }),
      changePassphrase: async ({ from, to }) => {
        check(from);
        begin(this.#name, to);
      },
      rename: async ({ name }) => {
        this.#name = name;
        if (people.all.has(ME)) people.change(ME, { name });
        this.#open();
      },
      forgetEverything: async () => {
        people.all.clear();
        for (const { with: one } of talk.list()) talk.clear(one.id);
        this.#enter({ is: 'empty' });
      },
      changeSettings: async (change) => {
        this.#settings = { ...this.#settings, ...change };
        this.#tellState();
      },
      connectNow: async () => this.connect({ is: 'online' }),

      conversations: async () =>
        talk.list().map((one) => {
          const group = groups.get(one.with.id);
          return { ...one, asking: group?.waiting.length ?? 0, isAsked: group?.askedAt !== undefined };
        }),
      messages: async (page) => talk.page(page),
      message: async ({ key }) => talk.find(key),
      search: async ({ text, conversation, limit }) => talk.search(text, conversation, limit),
      send: async ({ conversation, text, quote, token }) =>
        this.#once(token, () => {
          const answered = quote === undefined ? undefined : talk.get(quote);
          const words = answered?.says.is === 'text' ? answered.says.text : '';
          return this.#send(conversation, { is: 'text', text }, answered && { answered, words });
        }),
      sendFile: async ({ conversation, filename, file, kind, token }) =>
        this.#once(token, () => {
          const said = { is: 'file', kind, filename, size: file.size, text: undefined } as const;
          const message = this.#send(conversation, said);
          void this.#transfers.go(message, filename, file.size, 'up').catch(() => talk.remove(message.key));
          return message;
        }),
      cancelTransfer: async ({ id }) => this.#transfers.cancel(id),
      download: async ({ key }) => {
        const message = talk.get(key);
        const { says } = message;
        if (says.is !== 'file') throw refused('INPUT_VALUE', 'the message is no file', 'key');
        await this.#transfers.go(message, says.filename, says.size ?? 0, 'down');
        return {
          blob: says.kind === 'image' ? picture() : new Blob([`the bytes of ${says.filename}`]),
          isVerified: true,
        };
      },
      tryAgain: async ({ key, token }) =>
        this.#once(token, () => {
          const { conversation, says, quote } = talk.get(key);
          this.#remove(key);
          const again = this.#send(conversation, says);
          return talk.change(again.key, { quote });
        }),
      takeBack: async ({ key }) => {
        const isWaiting = talk.get(key).delivery?.state === 'queued';
        if (isWaiting) this.#remove(key);
        return isWaiting;
      },
      removeMessage: async ({ key }) => this.#remove(key),
      clearConversation: async ({ conversation }) => {
        talk.clear(conversation);
        this.tell({ tell: 'conversation', conversation });
      },
      markSeen: async ({ conversation }) => {
        talk.markSeen(conversation);
        this.tell({ tell: 'list' });
      },
      saveDraft: async ({ conversation, text }) => talk.saveDraft(conversation, text),
      exportConversation: async ({ conversation }) => new Blob([JSON.stringify(talk.all(conversation))]),
      exportEverything: async () => new Blob([JSON.stringify(talk.list())]),

      addContact: async ({ text, alias }) => {
        const { id } = people.change(idIn(text), { isContact: true });
        talk.begin(id);
        return tellPeople(alias === undefined ? people.get(id) : people.rename(id, alias));
      },
      acceptRequest: async ({ id }) => void tellPeople(people.change(id, { isContact: true })),
      declineRequest: async ({ id }) => {
        talk.clear(id);
        tellPeople(people.change(id, { isBlocked: true }));
        this.tell({ tell: 'conversation', conversation: id });
      },
      contacts: async () => people.contacts(),
      person: async ({ id }) => people.details(id),
      changeContact: async ({ id, ...change }) => {
        if ('alias' in change) people.rename(id, change.alias);
        const { isBlocked, isMuted, isAdded: isContact } = change;
        const given = Object.entries({ isBlocked, isMuted, isContact }).filter(([, value]) => value !== undefined);
        return tellPeople(people.change(id, Object.fromEntries(given)));
      },
      setVerified: async ({ id, isVerified }) => void tellPeople(people.change(id, { isVerified })),
      acceptNewKey: async ({ id }) => void tellPeople(people.change(id, { hasAlarm: false, isVerified: false })),
      closeAlarm: async ({ id }) => void tellPeople(people.change(id, { hasAlarm: false })),

      foundGroup: async (asked) => {
        const group = groups.found(asked);
        talk.begin(group.id);
        return tellPeople(group);
      },
      group: async ({ id }) => groups.get(id),
      groupHistory: async ({ id }) => groups.history(id),
      joinGroup: async () => people.get(fakeId('Hikers', 'Group-hikers@')),
      stopJoining: async ({ id }) => {
        groups.stopJoining(id);
        talk.clear(id);
        tellPeople(undefined);
      },
      changeGroup: async (change) => tellPeople(groups.change(change)),
    };
  }

  #me() {
    return meView(this.#name, this.#passphrase !== undefined);
  }

  #open(): void {
    this.#enter({ is: 'open', me: this.#me() });
  }

  #enter(phase: EngineState['phase']): void {
    this.#phase = phase;
    this.#tellState();
  }

  #tellState(): void {
    this.tell({ tell: 'state', state: this.state });
  }

  #tellMessage({ conversation, key }: MessageView, isNew: boolean): void {
    this.tell({ tell: 'message', conversation, key, isNew });
  }

  #remove(key: string): void {
    const { conversation } = this.talk.get(key);
    this.talk.remove(key);
    this.tell({ tell: 'conversation', conversation });
  }

  /** What was asked for twice is done once. */
  #once(token: string, act: () => MessageView): MessageView {
    const done = this.#done.get(token) ?? act();
    this.#done.set(token, done);
    return done;
  }

  #send(conversation: string, says: Saying, quoted?: { readonly answered: MessageView; readonly words: string }) {
    const quote = quoted && { sender: quoted.answered.sender, text: quoted.words, key: quoted.answered.key };
    const me = this.people.get(ME);
    const message = this.talk.add(conversation, me, this.#now(), says, {
      quote,
      delivery: delivery(`d${this.#done.size}`, 'queued'),
    });
    this.talk.saveDraft(conversation, '');
    this.#tellMessage(message, true);
    if (this.#connection.is === 'online') void this.#deliver(message);
    return message;
  }

  async #deliver({ key }: MessageView): Promise<void> {
    for (const state of ['sent', 'delivered'] as const) {
      await this.#wait();
      const now = this.talk.find(key);
      if (now?.delivery === undefined) return;
      this.#tellMessage(this.talk.change(key, { delivery: delivery(now.delivery.id, state) }), false);
    }
  }
}
