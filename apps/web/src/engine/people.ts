/** How people and groups are shown: by whose word, and how much of it deserves trust. */
import type { ID } from 'dimp';
import type { ClientStore } from 'dimsdk';
import type { PersonView } from '../protocol/views.ts';
import type { Alarms } from './alarms.ts';
import type { ChatClient } from './dim.ts';
import { chosenName } from './known-identity.ts';
import { lookOf, shownLine, shownName } from './shown-text.ts';
import type { Verification } from './verification.ts';

/** The end of an ID tells two people of one name apart: it is no proof, as somebody may search for such an ID. */
const ENDING = 8;
const KEPT = 2000;
/** Names of others are shown between these: none of them gets out. */
const QUOTES = /[“”]/g;

export interface PeopleParts {
  readonly client: ChatClient;
  readonly store: ClientStore;
  readonly verification: Verification;
  readonly alarms: Alarms;
}

export class People {
  readonly #parts: PeopleParts;
  /** Names that were chosen, by entity keys: `learned` says when one may be another. */
  readonly #chosen = new Map<string, Promise<string | undefined>>();
  readonly #views = new Map<string, Promise<PersonView>>();
  #known: Promise<ReadonlyMap<string, ReadonlySet<string>>> | undefined;

  constructor(parts: PeopleParts) {
    this.#parts = parts;
  }

  async view(id: ID): Promise<PersonView> {
    const known = this.#views.get(id.entityKey);
    if (known !== undefined) return known;
    if (this.#views.size >= KEPT) this.#views.clear();
    const view = this.#make(id.entity);
    this.#views.set(id.entityKey, view);
    // What failed is tried again.
    view.catch(() => this.#views.delete(id.entityKey));
    return view;
  }

  async views(ids: readonly ID[]): Promise<readonly PersonView[]> {
    return Promise.all(ids.map(async (id) => this.view(id)));
  }

  /** More is known of an identity. */
  learned(id: ID): void {
    this.#chosen.delete(id.entityKey);
    this.changed();
  }

  /** A contact, a code or an alarm: each name may have another one beside it now. */
  changed(): void {
    this.#views.clear();
    this.#known = undefined;
  }

  async #make(id: ID): Promise<PersonView> {
    const { client, verification, alarms } = this.#parts;
    const { alias, isAdded, isBlocked, isMuted } = client.contact(id);
    const isSelf = id.equals(client.self);
    const chosen = shownName(await this.#chosenOf(id));
    const given = shownName(alias);
    const base = { id: id.toString(), isGroup: id.isGroup, isContact: isAdded, isBlocked, isMuted };
    return {
      ...base,
      ...(await this.#nameOf(id, { given, chosen, isSelf })),
      chosenName: given === undefined ? undefined : chosen,
      isVerified: await verification.isVerified(id),
      hasAlarm: alarms.has(id),
    };
  }

  async #nameOf(
    id: ID,
    name: { readonly given: string | undefined; readonly chosen: string | undefined; readonly isSelf: boolean },
  ): Promise<Pick<PersonView, 'name' | 'nameFrom' | 'end'>> {
    const { given, chosen, isSelf } = name;
    const end = endOfId(id);
    if (isSelf) return { name: chosen ?? end, nameFrom: 'self', end: undefined };
    const own = given ?? ((await this.#isOwnGroup(id)) ? chosen : undefined);
    if (own !== undefined)
      return { name: own, nameFrom: 'alias', end: (await this.#isTaken(own, id)) ? end : undefined };
    if (chosen === undefined) return { name: end, nameFrom: 'id', end: undefined };
    return { name: chosen.replaceAll(QUOTES, '"'), nameFrom: 'peer', end };
  }

  /** Whether another one whom this person knows is called like that. */
  async #isTaken(name: string, { entityKey }: ID): Promise<boolean> {
    this.#known ??= this.#knownNames();
    const others = (await this.#known).get(lookOf(name));
    return others !== undefined && (others.size > 1 || !others.has(entityKey));
  }

  async #knownNames(): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
    const { client } = this.#parts;
    const names = new Map<string, Set<string>>();
    const add = (name: string | undefined, { entityKey }: ID): void => {
      const look = lookOf(shownName(name) ?? '');
      if (look !== '') names.set(look, (names.get(look) ?? new Set()).add(entityKey));
    };
    add(await this.#chosenOf(client.self), client.self);
    for (const { id, alias, isAdded } of client.contacts) add(alias ?? (isAdded ? await this.#chosenOf(id) : ''), id);
    for (const { group, owner, name } of await client.groups.all())
      if (client.self.equals(owner) || client.contact(owner).isAdded) add(client.contact(group).alias ?? name, group);
    return names;
  }

  async #chosenOf(id: ID): Promise<string | undefined> {
    const known = this.#chosen.get(id.entityKey);
    if (known !== undefined) return known;
    if (this.#chosen.size >= KEPT) this.#chosen.clear();
    const { client, store } = this.#parts;
    const name = id.isGroup ? client.groups.state(id).then((state) => state?.name) : chosenName(store, id);
    this.#chosen.set(id.entityKey, name);
    name.catch(() => this.#chosen.delete(id.entityKey));
    return name;
  }

  /** Whoever owns a group has named it. */
  async #isOwnGroup(id: ID): Promise<boolean> {
    const { client } = this.#parts;
    const state = id.isGroup ? await client.groups.state(id) : undefined;
    return state !== undefined && client.self.equals(state.owner);
  }
}

export function endOfId(id: ID): string {
  return shownLine(id.toString().slice(-ENDING), ENDING);
}
