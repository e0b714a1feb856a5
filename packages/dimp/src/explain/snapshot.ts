/** Memory as an explanation looks at it: it is asked for each thing once, and can be told nothing. */
import { readMarkKey, type Awaitable } from 'dkd';
import type { Memory } from '../memory/memory.ts';

/** An error of the memory itself. It is no fault of the message, whatever its code: it goes to the caller as it is. */
export class MemoryFailure extends Error {
  constructor(cause: unknown) {
    super('the memory failed', { cause });
  }
}

/** The read side of a memory, whose answers stay the same while one message is looked at. */
export function snapshotOf(memory: Memory): Memory {
  const answers = new Map<string, Promise<unknown>>();
  function ask<T>(question: string, answer: () => Awaitable<T>): Promise<T> {
    const known = answers.get(question) ?? asked(answer);
    answers.set(question, known);
    // Each question has answers of one type.
    return known as Promise<T>;
  }
  return {
    meta: (id) => ask(`meta ${id.entityKey}`, () => memory.meta(id)),
    documents: (id) => ask(`documents ${id.entityKey}`, () => memory.documents(id)),
    keys: (id) => ask(`keys ${id.entityKey}`, () => memory.keys(id)),
    members: (group) => ask(`members ${group.entityKey}`, () => memory.members(group)),
    messageKeys: (direction, use) =>
      ask(`messageKeys ${use} ${direction.sender.entityKey} ${direction.destination.entityKey}`, () =>
        memory.messageKeys(direction, use),
      ),
    readState: (mark) => ask(`readState ${readMarkKey(mark)}`, () => memory.readState(mark)),
  };
}

async function asked<T>(answer: () => Awaitable<T>): Promise<T> {
  try {
    return await answer();
  } catch (error) {
    throw new MemoryFailure(error);
  }
}

/** Where nothing is known. */
export const NO_MEMORY: Memory = {
  meta: () => undefined,
  documents: () => undefined,
  keys: () => undefined,
  members: () => undefined,
  messageKeys: () => undefined,
  readState: () => 'new',
};
