/** What several steps of an assistant come to, as one reaction: kept in one commit with the note that what came was handled. */
import type { Change, Content, ID, Missing } from 'dimp';
import type { Outgoing, Reaction, RowChange } from 'dimsdk';

/** Collects what is to be done. */
export class AssistantPlan {
  readonly #sends: Outgoing[] = [];
  readonly #rows: RowChange[] = [];
  readonly #changes: Change[] = [];
  readonly #wants: Missing[] = [];
  /** Marks of the messages that were split in it. */
  readonly taken = new Set<string>();

  send(receiver: ID, content: Content): void {
    this.#sends.push({ receiver, content });
  }

  put(rows: readonly RowChange[]): void {
    this.#rows.push(...rows);
  }

  change(changes: readonly Change[]): void {
    this.#changes.push(...changes);
  }

  want(missing: readonly Missing[]): void {
    this.#wants.push(...missing);
  }

  get reaction(): Reaction {
    return { sends: this.#sends, rows: this.#rows, changes: this.#changes, wants: this.#wants };
  }
}
