/**
 * Who is a stranger. What a stranger writes is a request: nothing of it goes to a page before the person has said yes. All that
 * gives messages away asks here.
 */
import { DimError, type ID } from 'dimp';
import { defineHandler, type HandlerDefinition, type SentContent, type ClientStore } from 'dimsdk';
import { allRows, keep, putRow } from './app-table.ts';
import type { ChatClient } from './dim.ts';

export class Strangers {
  readonly #client: () => ChatClient;
  readonly #store: ClientStore;
  /** Entity keys of those whom this person has written to. */
  readonly #written = new Set<string>();

  constructor(client: () => ChatClient, store: ClientStore) {
    this.#client = client;
    this.#store = store;
  }

  /** Reads from the store whom this person has written to. */
  async start(): Promise<void> {
    for (const { key } of await allRows(this.#store, 'app-written')) this.#written.add(key);
  }

  /** Hears, in the same commit, of what another device of this person has sent. */
  get handler(): HandlerDefinition {
    return defineHandler<SentContent>('sent', ({ content, sender, wasEncrypted }) => {
      // From anybody else, or in the clear, it would make friends for this person.
      if (!wasEncrypted || !sender.equals(this.#client().self)) return undefined;
      const { receiver } = content;
      this.#written.add(receiver.entityKey);
      return { rows: [putRow('app-written', receiver.entityKey, { id: receiver.entity.toString() })] };
    });
  }

  /**
   * Whether somebody, or the founder of a group, is neither a contact nor one whom this person has written to. What a group's
   * messages say of it does not count: whose it is shows by its key.
   */
  async isStranger(id: ID): Promise<boolean> {
    const client = this.#client();
    const contact = client.contact(id);
    if (id.equals(client.self) || contact.isAdded || contact.alias !== undefined || this.#written.has(id.entityKey))
      return false;
    if (!id.isGroup) return true;
    const state = await client.groups.state(id);
    return state === undefined || !(client.self.equals(state.owner) || client.contact(state.owner).isAdded);
  }

  /** This person writes to somebody first, or asks a group to be let in. */
  async meet(id: ID): Promise<void> {
    if (this.#written.has(id.entityKey)) return;
    await keep(this.#store, putRow('app-written', id.entityKey, { id: id.entity.toString() }));
    this.#written.add(id.entityKey);
  }

  /** Before this person writes: who wrote first is said yes to before. @throws DimError `USAGE_ARGUMENT` at `conversation` */
  async requireAnswered(id: ID): Promise<void> {
    if (!(await this.isStranger(id))) return;
    const [first] = await this.#client().conversations.messages(id, { limit: 1 });
    if (first !== undefined)
      throw new DimError('USAGE_ARGUMENT', 'is a request: accept it first', { path: 'conversation' });
  }
}
