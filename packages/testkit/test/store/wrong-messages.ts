/** Stores that lose or mix up message keys and read marks, or do not commit as a whole. */
import type { Change, KeyDirection, MessageKeyUse, ReadMark, Store } from 'dimp';
import { bob, changing, lowerCase, racing, spoiled, type WrongStore } from './spoiled-stores.ts';

export const WRONG_MESSAGES: readonly WrongStore[] = [
  [
    'changes one by one, without a transaction',
    spoiled((store) => ({
      commit: async (changes: readonly Change[]) => {
        for (const change of changes) await store.commit([change]);
      },
    })),
    'of a commit that fails nothing is kept, whatever stands before and after',
  ],
  [
    'a look at the marks that are there, and not at those of the commit',
    spoiled((store) => ({
      commit: async (changes: readonly Change[]) => {
        const seen = new Set<string>();
        const isFirst = (change: Change) =>
          change.do !== 'mark-read' || (!seen.has(change.mark.id) && Boolean(seen.add(change.mark.id)));
        await store.commit(changes.filter(isFirst));
      },
    })),
    'a commit that makes one mark twice fails as a whole',
  ],
  [
    'marks without a unique index',
    spoiled((store) => ({
      commit: async (changes: readonly Change[]) => store.commit(changes).catch(() => undefined),
    })),
    'a mark is made once: the second commit fails with INPUT_REPLAY',
  ],
  [
    'marks of all readers in one',
    spoiled((store) => ({
      readState: (mark: ReadMark) => store.readState({ ...mark, reader: bob.id }),
    })),
    'what was read is known as read, for its reader and no other',
  ],
  [
    'one message key for both uses',
    spoiled((store) => ({
      messageKeys: (direction: Parameters<Store['messageKeys']>[0]) => [
        ...(store.messageKeys(direction, 'send') ?? []),
        ...(store.messageKeys(direction, 'receive') ?? []),
      ],
    })),
    'keys to send with are none that came in, nor those of another direction',
  ],
  [
    'the last message key only',
    spoiled((store) => ({
      messageKeys: (...parts: Parameters<Store['messageKeys']>) => (store.messageKeys(...parts) ?? []).slice(-1),
    })),
    'message keys come back, several of a direction, with all that was said of them',
  ],
  [
    'ids of marks that are compared without case',
    spoiled((store) => ({
      readState: (mark: ReadMark) => store.readState({ ...mark, id: mark.id.toLowerCase() }),
      commit: async (changes: readonly Change[]) =>
        store.commit(
          changes.map((change) =>
            change.do === 'mark-read'
              ? { ...change, mark: { ...change.mark, id: change.mark.id.toLowerCase() } }
              : change,
          ),
        ),
    })),
    'read marks differ in each letter',
  ],
  [
    'ids of marks with an index that compares without case',
    changing((change) =>
      change.do === 'mark-read' ? { ...change, mark: { ...change.mark, id: change.mark.id.toLowerCase() } } : change,
    ),
    'read marks differ in each letter',
    'DimError INPUT_REPLAY: the message was read before',
  ],
  [
    'digests of message keys that are compared without case',
    spoiled((store) => ({
      messageKeys: (...parts: Parameters<Store['messageKeys']>) => {
        const kept = new Map((store.messageKeys(...parts) ?? []).map((entry) => [entry.digest.toLowerCase(), entry]));
        return [...kept.values()];
      },
    })),
    'the digests of message keys differ in each letter',
  ],
  [
    'IDs of message keys that are compared without case',
    spoiled((store) => ({
      messageKeys: ({ sender, destination }: KeyDirection, use: MessageKeyUse) =>
        store.messageKeys({ sender: sender.name === undefined ? sender : lowerCase(sender), destination }, use),
    })),
    'message keys are of one direction, in each letter of its IDs',
  ],
  [
    'three message keys of a direction',
    spoiled((store) => ({
      messageKeys: (...parts: Parameters<Store['messageKeys']>) => (store.messageKeys(...parts) ?? []).slice(-3),
    })),
    'all of the 8 message keys that a direction may have come back',
    '3',
  ],
  [
    'times of message keys in whole seconds',
    changing((change) =>
      change.do === 'keep-message-key'
        ? { ...change, entry: { ...change.entry, time: Math.round(change.entry.time) } }
        : change,
    ),
    'message keys come back, several of a direction, with all that was said of them',
  ],
  [
    'the error of a database where a mark is there already',
    spoiled((store) => ({
      commit: async (changes: readonly Change[]) =>
        store.commit(changes).catch(() => {
          throw new RangeError('UNIQUE constraint failed');
        }),
    })),
    'a mark is made once: the second commit fails with INPUT_REPLAY',
    'RangeError: UNIQUE constraint failed',
  ],
  [
    'message keys that are never dropped',
    changing((change) => (change.do === 'drop-message-key' ? { do: 'add-contact', id: bob.id } : change)),
    'a message key of the same digest is replaced, and a dropped one is gone',
  ],
  ['a commit that writes the whole of what it read before', racing(), 'commits at the same time are all kept'],
  [
    'a commit that looks for a mark before others are written',
    racing(),
    'of several commits at once with one mark, one is made, and the others are INPUT_REPLAY',
    '8 that are made',
  ],
];
