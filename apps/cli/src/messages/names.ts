/**
 * How people and groups are called. A name without an ID behind it is one that this person gave: everybody chooses a name for
 * oneself, and it may be that of a friend.
 */
import type { ID } from 'dimp';
import { nameOf } from '../home/known-identity.ts';
import { printable } from '../text/printable.ts';
import type { OpenClient } from './open-client.ts';
import { foreignName } from '../text/foreign-text.ts';
import { isFamiliar } from './familiar.ts';

/** How one of them is called. */
export interface Name {
  readonly id: ID;
  /** Printable, in one line. */
  readonly text: string;
  readonly isOwn: boolean;
}

const KEPT = 2000;

/** The end of an ID, which tells two people of one name apart: no proof, as somebody may search for such an ID. */
export function endOfId(id: ID): string {
  return printable(id.toString().slice(-ENDING));
}

const ENDING = 8;

/** Names, as they are known now. */
export class Names {
  readonly #open: Pick<OpenClient, 'client' | 'store'>;
  readonly #known = new Map<string, Name>();

  constructor(open: Pick<OpenClient, 'client' | 'store'>) {
    this.#open = open;
  }

  async of(id: ID): Promise<Name> {
    const known = this.#known.get(id.entityKey);
    if (known !== undefined) return known;
    const name = { id: id.entity, text: await this.#textOf(id), isOwn: this.isSelf(id) };
    if (this.#known.size >= KEPT) this.#known.clear();
    this.#known.set(id.entityKey, name);
    return name;
  }

  /** The names that a person may type, of contacts and groups: each says one of them. */
  async typed(): Promise<readonly string[]> {
    const { client } = this.#open;
    const named = new Set<string>();
    for (const { id, alias, isAdded } of client.contacts) {
      const name = alias ?? (isAdded ? foreignName(await nameOf(this.#open.store, id)) : undefined);
      named.add(name !== undefined && name === foreignName(name) ? name : id.toString());
    }
    for (const { group, name } of await client.groups.all())
      if (name !== undefined && name === foreignName(name) && (await isFamiliar(this.#open, group))) named.add(name);
      else named.add(group.toString());
    return [...named];
  }

  /** More is known of an identity. */
  forget(id: ID): void {
    this.#known.delete(id.entityKey);
  }

  /** The person has named somebody: two may have the same name from now on. */
  forgetAll(): void {
    this.#known.clear();
  }

  isSelf({ entityKey }: ID): boolean {
    return entityKey === this.#open.client.self.entityKey;
  }

  async #textOf(id: ID): Promise<string> {
    const { client, store } = this.#open;
    if (this.isSelf(id)) return 'me';
    const { alias } = client.contact(id);
    const hash = id.isGroup ? '#' : '';
    const end = `(${endOfId(id)})`;
    if (alias !== undefined) {
      const isGivenTwice = client.contacts.some((other) => other.alias === alias && !other.id.equals(id));
      const text = foreignName(alias) ?? end;
      return isGivenTwice ? `${hash}${text} ${end}` : `${hash}${text}`;
    }
    const state = id.isGroup ? await client.groups.state(id) : undefined;
    const chosen = foreignName(id.isGroup ? state?.name : await nameOf(store, id));
    if (chosen === undefined) return id.isGroup ? `a group ${end}` : `somebody ${end}`;
    // Whoever owns a group has named it.
    return state !== undefined && this.isSelf(state.owner)
      ? `#${chosen}`
      : `${hash}"${chosen.replaceAll('"', "'")}" ${end}`;
  }
}
