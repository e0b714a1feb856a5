/** Whom a person has something to do with. Everybody may write, found groups, and add this person to them: that makes no friends. */
import type { Content, ID } from 'dimp';
import type { Contacts } from './contacts.ts';

/** What is known of a group. */
interface KnownGroup {
  readonly group: ID;
  readonly owner: ID;
  readonly members: readonly ID[];
}

/** What is asked about groups. */
export interface KnownGroups {
  state(group: ID): Promise<KnownGroup | undefined>;
  /** Those that this person is a member of. */
  all(): Promise<readonly KnownGroup[]>;
}

/** Tells them from strangers. */
export class Acquaintances<C extends Content> {
  readonly #self: ID;
  readonly #contacts: Contacts<C>;
  readonly #groups: KnownGroups;
  /** By entity keys, the members of the groups that are familiar. */
  #fellows: Promise<ReadonlySet<string>> | undefined;

  constructor(self: ID, contacts: Contacts<C>, groups: KnownGroups) {
    this.#self = self;
    this.#contacts = contacts;
    this.#groups = groups;
  }

  /** Whether this person added or named somebody, or is it. */
  isContact(id: ID): boolean {
    const { isAdded, alias } = this.#contacts.of(id);
    return isAdded || alias !== undefined || id.equals(this.#self);
  }

  /** Whether somebody is a contact, or a group one's own or that of a contact. One of strangers is none, whoever is in it. */
  async isFamiliar(id: ID): Promise<boolean> {
    if (this.isContact(id)) return true;
    return id.isGroup && this.#isOfFriends(await this.#groups.state(id));
  }

  /** Whether somebody is in a group that is familiar. */
  async isFellow(user: ID): Promise<boolean> {
    const fellows = (this.#fellows ??= this.#readFellows());
    // What failed is tried again.
    fellows.catch(() => (this.#fellows = undefined));
    return (await fellows).has(user.entityKey);
  }

  /** Groups or contacts are others than before. */
  changed(): void {
    this.#fellows = undefined;
  }

  #isOfFriends(state: KnownGroup | undefined): boolean {
    return state !== undefined && (state.owner.equals(this.#self) || this.#contacts.of(state.owner).isAdded);
  }

  async #readFellows(): Promise<ReadonlySet<string>> {
    const all = (await this.#groups.all()).filter((state) => this.isContact(state.group) || this.#isOfFriends(state));
    return new Set(all.flatMap(({ members }) => members.map(({ entityKey }) => entityKey)));
  }
}
