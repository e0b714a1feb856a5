/**
 * Messages to groups that wait for somebody: for a key, for a visa, for who is a member. Table `app-assistant-held`, a partition
 * for each group, each message once for all whom it waits for.
 */
import type { Dim, ID } from 'dimp';
import { itemsOf } from '../directory/items-of.ts';
import type { ClientStore, Row, RowChange } from 'dimsdk';
import type { AssistantLimits } from './assistant-limits.ts';

const TABLE = 'app-assistant-held';
const PAGE = 1000;

/** A message that waits. */
export interface HeldMessage {
  readonly mark: string;
  readonly group: ID;
  readonly sender: ID;
  /** As its sender wrote it. */
  readonly bytes: Uint8Array;
  /** For whom it waits; undefined for one that nobody was sent, since too little is known of the group. */
  readonly pending: readonly ID[] | undefined;
  /** In seconds since 1970. */
  readonly heldAt: number;
}

/** What is known in memory of a message that waits. */
interface Entry {
  readonly group: string;
  readonly sender: string;
  readonly size: number;
  readonly pending: readonly string[] | undefined;
}

/** The messages that wait: on the disk, and in memory which there are. What changes is given as rows, for the next commit. */
export class HeldMessages {
  readonly #dim: Dim;
  readonly #store: ClientStore;
  readonly #limits: AssistantLimits;
  readonly #entries = new Map<string, Entry>();
  /** In the order in which they came. */
  readonly #byGroup = new Map<string, Set<string>>();
  readonly #byMember = new Map<string, Set<string>>();
  #unknown = 0;

  constructor(parts: { readonly dim: Dim; readonly store: ClientStore; readonly limits: AssistantLimits }) {
    this.#dim = parts.dim;
    this.#store = parts.store;
    this.#limits = parts.limits;
  }

  /** Reads from the disk what waits: in place of what is known, which may be of a commit that failed. */
  async load(): Promise<void> {
    for (const mark of this.#entries.keys()) this.#drop(mark);
    for await (const message of this.#all()) this.#add(message);
  }

  /** Those of a group, the oldest first. @param of of this sender alone */
  async ofGroup(group: ID, of?: ID): Promise<readonly HeldMessage[]> {
    const marks = this.#byGroup.get(group.entityKey) ?? [];
    return this.#read(
      [...marks].filter((mark) => of === undefined || this.#entries.get(mark)?.sender === of.entityKey),
    );
  }

  /** Those that wait for a member. */
  async forMember(member: ID): Promise<readonly HeldMessage[]> {
    return this.#read([...(this.#byMember.get(member.entityKey) ?? [])]);
  }

  has(mark: string): boolean {
    return this.#entries.has(mark);
  }

  /** Whether a message waits, and is on the disk. */
  async isKept(mark: string): Promise<boolean> {
    const row = await this.#store.row(TABLE, mark);
    return row !== undefined && row !== null;
  }

  /** Members for whom something waits. @param limit at most so many */
  async members(limit: number): Promise<readonly ID[]> {
    const members = new Map<string, ID>();
    for (const marks of this.#byMember.values()) {
      const [mark] = marks;
      if (members.size >= limit || mark === undefined) break;
      for (const { pending } of await this.#read([mark]))
        for (const member of pending ?? []) members.set(member.entityKey, member);
    }
    return [...members.values()].slice(0, limit);
  }

  /** Whether some of a group wait until more is known of it. */
  hasUnknown(group: ID): boolean {
    const marks = this.#byGroup.get(group.entityKey) ?? [];
    return [...marks].some((mark) => this.#entries.get(mark)?.pending === undefined);
  }

  /** Groups of which messages wait until more is known of them. */
  async unknownGroups(): Promise<readonly ID[]> {
    const groups = new Map<string, ID>();
    for (const [mark, { group, pending }] of this.#entries) {
      if (pending !== undefined || groups.has(group)) continue;
      for (const message of await this.#read([mark])) groups.set(group, message.group);
    }
    return [...groups.values()];
  }

  /** Whether one more message may wait until more is known of its group. */
  hasRoomForUnknown(group: ID, sender: ID): boolean {
    const { unknown, groups } = this.#limits;
    const own = [...this.#entries.values()].filter(
      (entry) => entry.pending === undefined && entry.sender === sender.entityKey,
    );
    return own.length < unknown && this.#unknown < unknown * ALL_UNKNOWN && this.#hasRoomForGroup(group, groups);
  }

  /** Those of some members for whom one more message may wait. */
  withRoom(group: ID, members: readonly ID[]): readonly ID[] {
    const { heldForMember, groups } = this.#limits;
    if (!this.#hasRoomForGroup(group, groups)) return [];
    return members.filter(({ entityKey }) => (this.#byMember.get(entityKey)?.size ?? 0) < heldForMember);
  }

  /** A message waits, or for others than before. Of its group, the oldest ones may have to go. */
  put(message: HeldMessage): readonly RowChange[] {
    this.#drop(message.mark);
    this.#add(message);
    const own = this.#byGroup.get(message.group.entityKey) ?? new Set();
    let bytes = [...own].reduce((sum, mark) => sum + (this.#entries.get(mark)?.size ?? 0), 0);
    const gone: string[] = [];
    for (const mark of own) {
      const isOver = own.size - gone.length > this.#limits.heldInGroup || bytes > this.#limits.heldBytesInGroup;
      if (!isOver || mark === message.mark) break;
      gone.push(mark);
      bytes -= this.#entries.get(mark)?.size ?? 0;
    }
    return [...gone.map((mark) => this.remove(mark)), { do: 'put-row', row: this.#rowOf(message) }];
  }

  /** A message waits no longer. */
  remove(mark: string): RowChange {
    this.#drop(mark);
    return { do: 'delete-row', table: TABLE, key: mark };
  }

  /** Those that have waited for too long. @param before in seconds since 1970 */
  async expired(before: number): Promise<readonly string[]> {
    const marks: string[] = [];
    for (const group of this.#byGroup.keys())
      marks.push(...(await this.#store.rows(TABLE, group, { to: before, limit: PAGE })).map(({ key }) => key));
    return marks;
  }

  #hasRoomForGroup({ entityKey }: ID, limit: number): boolean {
    return this.#byGroup.has(entityKey) || this.#byGroup.size < limit;
  }

  #add({ mark, group, sender, bytes, pending }: HeldMessage): void {
    const members = pending?.map(({ entityKey }) => entityKey);
    this.#entries.set(mark, { group: group.entityKey, sender: sender.entityKey, size: bytes.length, pending: members });
    addTo(this.#byGroup, group.entityKey, mark);
    for (const member of members ?? []) addTo(this.#byMember, member, mark);
    if (members === undefined) this.#unknown += 1;
  }

  #drop(mark: string): void {
    const entry = this.#entries.get(mark);
    if (entry === undefined) return;
    this.#entries.delete(mark);
    removeFrom(this.#byGroup, entry.group, mark);
    for (const member of entry.pending ?? []) removeFrom(this.#byMember, member, mark);
    if (entry.pending === undefined) this.#unknown -= 1;
  }

  async #read(marks: readonly string[]): Promise<readonly HeldMessage[]> {
    const messages: HeldMessage[] = [];
    for (const mark of marks) {
      const row = await this.#store.row(TABLE, mark);
      if (row) messages.push(this.#messageIn(row));
    }
    return messages.sort((one, other) => one.heldAt - other.heldAt);
  }

  async *#all(): AsyncGenerator<HeldMessage> {
    let last: string | undefined;
    do {
      const groups = await this.#store.partitions(TABLE, last);
      for (const group of groups) yield* this.#of(group);
      last = groups.length === PAGE ? groups.at(-1) : undefined;
    } while (last !== undefined);
  }

  async *#of(group: string): AsyncGenerator<HeldMessage> {
    for (let after: Row | undefined; ;) {
      const page = await this.#store.rows(TABLE, group, { after, limit: 100 });
      for (const row of page) yield this.#messageIn(row);
      after = page.at(-1);
      if (page.length < 100) return;
    }
  }

  #rowOf({ mark, group, sender, bytes, pending, heldAt }: HeldMessage): Row {
    const whom = pending === undefined ? {} : { pending: pending.map(String) };
    const value = { group: group.toString(), sender: sender.toString(), ...whom };
    return { table: TABLE, key: mark, partition: group.entityKey, order: heldAt, value, bytes };
  }

  #messageIn({ key, value, order, bytes = new Uint8Array() }: Row): HeldMessage {
    const read = (id: unknown): ID => this.#dim.ID.parse(id);
    return {
      mark: key,
      group: read(value['group']),
      sender: read(value['sender']),
      bytes,
      pending: value['pending'] === undefined ? undefined : itemsOf(value, 'pending').map(read),
      heldAt: order,
    };
  }
}

/** How many times as many messages of all senders may wait for groups that are not known, as of one. */
const ALL_UNKNOWN = 16;

function addTo(map: Map<string, Set<string>>, key: string, value: string): void {
  const set = map.get(key) ?? new Set();
  map.set(key, set.add(value));
}

function removeFrom(map: Map<string, Set<string>>, key: string, value: string): void {
  const set = map.get(key);
  set?.delete(value);
  if (set?.size === 0) map.delete(key);
}
