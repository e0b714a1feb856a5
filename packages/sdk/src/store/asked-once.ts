/** A memory whose answers are kept while one plan after the other is made by them, and asked for anew after each commit. */
import type {
  Awaitable,
  ID,
  KeptMessageKey,
  KeyDirection,
  KeyRing,
  Memory,
  MessageKeyUse,
  Nothing,
  PinnedMeta,
  ReadMark,
  ReadState,
} from 'dimp';

/**
 * Asks another memory, each thing once between {@link begin} and {@link end}: a database takes longer to answer than most plans
 * to be made. Whoever begins sees to it that nobody else plans and commits meanwhile.
 */
export class AskedOnce implements Memory {
  readonly #memory: Memory;
  #answers: Map<string, unknown> | undefined;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  /** From now on answers are kept. */
  begin(): void {
    this.#answers = new Map();
  }

  /** What was asked may be otherwise now. */
  forget(): void {
    this.#answers?.clear();
  }

  /** From now on no answers are kept. */
  end(): void {
    this.#answers = undefined;
  }

  meta(id: ID): Awaitable<PinnedMeta | Nothing> {
    return this.#ask(`meta ${id.entityKey}`, () => this.#memory.meta(id));
  }

  documents(id: ID): ReturnType<Memory['documents']> {
    return this.#ask(`documents ${id.entityKey}`, () => this.#memory.documents(id));
  }

  keys(id: ID): Awaitable<KeyRing | Nothing> {
    return this.#ask(`keys ${id.entityKey}`, () => this.#memory.keys(id));
  }

  members(group: ID): Awaitable<readonly ID[] | Nothing> {
    return this.#ask(`members ${group.entityKey}`, () => this.#memory.members(group));
  }

  messageKeys(direction: KeyDirection, use: MessageKeyUse): Awaitable<readonly KeptMessageKey[] | Nothing> {
    return this.#ask(`${use} ${direction.sender.entityKey} ${direction.destination.entityKey}`, () =>
      this.#memory.messageKeys(direction, use),
    );
  }

  /** Asked each time: no two messages have the same mark. */
  readState(mark: ReadMark): Awaitable<ReadState> {
    return this.#memory.readState(mark);
  }

  #ask<T>(question: string, ask: () => T): T {
    const answers = this.#answers;
    if (answers === undefined) return ask();
    if (answers.has(question)) return answers.get(question) as T;
    const answer = ask();
    answers.set(question, answer);
    return answer;
  }
}
