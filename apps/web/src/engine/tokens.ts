/**
 * What is done once, though it is asked for twice: an engine may end between doing and answering, and the page asks the next one
 * again. Before something is sent, its time and number are kept under the token of the page. Whoever comes again with that token
 * looks for the message of this time and number: where there is one, it was sent.
 */
import { DimError, type ID } from 'dimp';
import type { ClientStore, Clock } from 'dimsdk';
import { allRows, deleteRow, keep, putRow, rowOf, textIn } from './app-table.ts';
import { dim, type ChatClient, type ChatMessage } from './dim.ts';

/** What makes a content the one of its token. */
export interface Mark {
  readonly sn: number;
  readonly time: number;
}

/** So long a page may ask again, in seconds. */
const KEPT = 14 * 24 * 60 * 60;
const MAX_TOKEN = 128;
/** Microseconds are added to the time of a message that stands behind another; never a second. */
const SPREAD = 1;

export class Tokens {
  readonly #store: ClientStore;
  readonly #clock: Clock;
  readonly #client: () => ChatClient;
  readonly #running = new Map<string, Promise<ChatMessage>>();

  constructor(store: ClientStore, clock: Clock, client: () => ChatClient) {
    this.#store = store;
    this.#clock = clock;
    this.#client = client;
  }

  /** Forgets old ones. */
  async start(): Promise<void> {
    const oldest = this.#clock.now() - KEPT;
    const old = (await allRows(this.#store, 'app-token')).filter(({ order }) => order < oldest);
    if (old.length > 0) await keep(this.#store, ...old.map(({ key }) => deleteRow('app-token', key)));
  }

  /**
   * Sends something into a conversation, unless that was done for this token.
   * @param send sends a content with this number and time. @returns its key
   */
  async once(token: string, conversation: ID, send: (mark: Mark) => Promise<string>): Promise<ChatMessage> {
    checkToken(token);
    const running = this.#running.get(token);
    if (running !== undefined) return running;
    const work = this.#once(token, conversation, send).finally(() => this.#running.delete(token));
    this.#running.set(token, work);
    return work;
  }

  /** Of what conversation a token is, where it was used. */
  async conversationOf(token: string): Promise<ID | undefined> {
    checkToken(token);
    return dim.ID.tryParse(textIn(await rowOf(this.#store, 'app-token', token), 'id') ?? '');
  }

  async #once(token: string, conversation: ID, send: (mark: Mark) => Promise<string>): Promise<ChatMessage> {
    const { mark, key: done } = await this.#markOf(token, conversation);
    const before = done === undefined ? await this.#find(conversation, mark) : await this.#message(done);
    if (done !== undefined && before === undefined)
      throw new DimError('USAGE_ARGUMENT', 'was sent, and is removed', { path: 'token' });
    const key = before?.key ?? (await send(mark));
    if (done === undefined) await keep(this.#store, markRow(token, { conversation, mark, key }));
    const message = before ?? (await this.#message(key));
    if (message === undefined) throw new DimError('USAGE_ARGUMENT', 'is removed', { path: 'token' });
    return message;
  }

  async #markOf(token: string, conversation: ID): Promise<{ readonly mark: Mark; readonly key: string | undefined }> {
    const row = await rowOf(this.#store, 'app-token', token);
    const [sn, time] = [row?.['sn'], row?.['time']];
    if (typeof sn === 'number' && typeof time === 'number') {
      if (dim.ID.tryParse(textIn(row, 'id') ?? '')?.equals(conversation) !== true)
        throw new DimError('USAGE_ARGUMENT', 'is of another conversation', { path: 'token' });
      return { mark: { sn, time }, key: textIn(row, 'key') };
    }
    const [random = 1] = crypto.getRandomValues(new Uint32Array(1));
    // Deployed clients read numbers of 31 bits.
    const mark = { sn: random & 0x7fff_ffff || 1, time: this.#clock.now() };
    await keep(this.#store, markRow(token, { conversation, mark, key: undefined }));
    return { mark, key: undefined };
  }

  async #find(conversation: ID, { sn, time }: Mark): Promise<ChatMessage | undefined> {
    const range = { from: time - SPREAD, to: time + SPREAD, limit: 1000 };
    const near = await this.#client().conversations.messages(conversation, range);
    return near.find(({ isOwn, content }) => isOwn && content.sn === sn);
  }

  async #message(key: string): Promise<ChatMessage | undefined> {
    return this.#client().conversations.message(key);
  }
}

/** @throws DimError `USAGE_ARGUMENT` at `token` */
export function checkToken(token: string): void {
  if (typeof token !== 'string' || token === '' || token.length > MAX_TOKEN)
    throw new DimError('USAGE_ARGUMENT', `must be 1 to ${MAX_TOKEN} characters`, { path: 'token' });
}

function markRow(
  token: string,
  { conversation, mark, key }: { readonly conversation: ID; readonly mark: Mark; readonly key: string | undefined },
): ReturnType<typeof putRow> {
  const value = { id: conversation.entity.toString(), ...mark, ...(key !== undefined && { key }) };
  return putRow('app-token', token, value, mark.time);
}
