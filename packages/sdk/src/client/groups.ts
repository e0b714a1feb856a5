/** Groups, as a client has them: what this person knows of them, and can do in them. */
import type { ID } from 'dimp';
import { GroupBook } from '../groups/group-book.ts';
import type { GroupChange } from '../groups/group-changes.ts';
import { GroupManager, type GroupManagerOptions } from '../groups/group-manager.ts';
import type { GroupState } from '../groups/group-state.ts';
import type { HistoryEntry } from '../groups/history-entry.ts';
import type { ClientStore } from '../ports/client-store.ts';

/** The groups of a client. */
export class Groups extends GroupManager {
  /** Over what is on the disk: whoever looks sees nothing that is only planned. */
  readonly #kept: GroupBook;

  constructor(options: GroupManagerOptions, kept: ClientStore) {
    super(options);
    this.#kept = new GroupBook({ ...options, store: kept });
  }

  /** Who is what in a group; undefined where its founder is not known. @throws errors of the store */
  async state(group: ID): Promise<GroupState | undefined> {
    return this.#kept.state(group);
  }

  /**
   * Who came and left, and who said so: the commands that are kept of a group since it was last `reset`, the oldest first. Some may have
   * had no effect; {@link Groups.state} has what came of all of them.
   * @throws errors of the store
   */
  async history(group: ID): Promise<readonly HistoryEntry[]> {
    return this.#kept.entries(group);
  }

  /**
   * What happened in a group, the oldest first, as to be told: who was added or removed by whom, who left, offices, names. Of what is
   * kept of its history, and nothing that somebody wrote and was not allowed to.
   * @throws errors of the store
   */
  async changes(group: ID): Promise<readonly GroupChange[]> {
    return this.#kept.changes(group);
  }

  /** The groups that this person is a member of, the one that changed last first. @throws errors of the store */
  async all(): Promise<readonly GroupState[]> {
    return this.#kept.groups();
  }
}
