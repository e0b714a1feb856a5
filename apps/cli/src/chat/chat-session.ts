/** What the commands of a chat work with. */
import type { ID } from 'dimp';
import { failureOf } from '../command/failure.ts';
import { findPeer } from '../messages/find-peer.ts';
import { endOfId } from '../messages/names.ts';
import { wrong } from '../command/wrong.ts';
import type { Chat } from './chat.ts';

/** One run of the chat. */
export class ChatSession {
  readonly chat: Chat;
  /** Where relative paths count from. */
  readonly folder: string;
  /** Aborted when the person leaves. */
  readonly over = new AbortController();
  /** What the person saw in the last list. */
  listed: readonly ID[] = [];
  readonly #transfers = new Set<Promise<void>>();

  constructor(chat: Chat, options: Pick<ChatSession, 'folder'>) {
    this.chat = chat;
    this.folder = options.folder;
  }

  /** Whom a person means: by a number of the last list, by the end of an ID that names have, else as every command takes it. */
  async who(given: string): Promise<ID> {
    const number = /^[0-9]{1,4}$/.test(given) ? this.listed[Number(given) - 1] : undefined;
    if (number !== undefined) return number;
    const end = /\(([0-9A-Za-z]{8})\)$/.exec(given)?.[1];
    if (end !== undefined) {
      const [first, ...others] = (await this.#seen()).filter((id) => endOfId(id) === end);
      if (others.length > 0) throw wrong(`several IDs end with ${end}: say the whole ID`);
      if (first !== undefined) return first;
    }
    // Groups are shown with it.
    return findPeer(this.chat.open, given.replace(/^#/, ''));
  }

  /** An answer, in lines that are printable. */
  async answer(text: string): Promise<void> {
    await this.chat.view.show({ is: 'answer', text });
  }

  /** What went wrong, in a line: the chat goes on. */
  async failed(error: unknown): Promise<void> {
    const text = failureOf(error).text.slice('dim: '.length).trim();
    await this.chat.view.show({ is: 'notice', text, json: { event: 'error', ...failureOf(error).json } });
  }

  /** Does something that takes long, while the chat goes on. */
  inBackground(action: () => Promise<void>): void {
    const done = action()
      .catch(async (error: unknown) => {
        if (!this.over.signal.aborted) await this.failed(error);
      })
      .finally(() => this.#transfers.delete(done));
    this.#transfers.add(done);
  }

  /** Ends what is in the background, and waits for that. */
  async end(): Promise<void> {
    this.over.abort();
    await Promise.all(this.#transfers);
  }

  async #seen(): Promise<readonly ID[]> {
    const { client } = this.chat.open;
    const groups = await client.groups.all();
    const conversations = await client.conversations.list();
    const all = [
      ...client.contacts.map(({ id }) => id),
      ...conversations.map(({ id }) => id),
      ...groups.flatMap(({ group, members }) => [group, ...members]),
    ];
    return [...new Map(all.map((id) => [id.entityKey, id])).values()];
  }
}
