/** What happened in groups: told from what their members have signed, so that no text of a message looks like it. */
import type { ID } from 'dimp';
import type { GroupChange } from 'dimsdk';
import type { ChatClient } from './dim.ts';

/** A history is folded anew for each question: so many groups are kept. */
const KEPT = 32;

export class GroupStories {
  readonly #client: ChatClient;
  readonly #stories = new Map<string, Promise<readonly GroupChange[]>>();

  constructor(client: ChatClient) {
    this.#client = client;
  }

  /** The oldest first. */
  async of(group: ID): Promise<readonly GroupChange[]> {
    const known = this.#stories.get(group.entityKey);
    if (known !== undefined) return known;
    if (this.#stories.size >= KEPT) this.#stories.clear();
    const story = this.#client.groups.changes(group);
    this.#stories.set(group.entityKey, story);
    // What failed is tried again.
    story.catch(() => this.#stories.delete(group.entityKey));
    return story;
  }

  /** More is known of a group. */
  learned(group: ID): void {
    this.#stories.delete(group.entityKey);
  }
}
