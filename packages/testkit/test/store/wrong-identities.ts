/** Stores that lose or mix up what they keep of identities. */
import type { Change, ID } from 'dimp';
import { bob, changing, failing, forgetting, lowerCase, mallory, spoiled, type WrongStore } from './spoiled-stores.ts';

export const WRONG_IDENTITIES: readonly WrongStore[] = [
  [
    'a column that compares without case',
    spoiled((store) => ({ meta: (id: ID) => store.meta(lowerCase(id)) })),
    'other names and addresses do, in each letter',
  ],
  [
    'a key with the terminal in it',
    spoiled((store) => ({ meta: (id: ID) => (id.terminal === undefined ? store.meta(id) : null) })),
    'terminals make no difference to whose something is',
    'no meta by an ID with a terminal',
  ],
  ['marks that are forgotten with their sender', forgetting('mark'), 'what is not forgotten with an ID stays', '"new"'],
  [
    'private keys that are forgotten too',
    forgetting('keys'),
    'what is not forgotten with an ID stays',
    'no private keys',
  ],
  [
    'members that are forgotten too',
    forgetting('members'),
    'what is not forgotten with an ID stays',
    'no members of its groups',
  ],
  [
    'documents that are not forgotten',
    changing((change) => (change.do === 'forget' ? { ...change, id: mallory.id } : change)),
    'what is forgotten of an ID is gone: meta, documents, message keys',
    'meta: an object with meta, isProven; documents: a list of 2; message keys to it: a list of 1; message keys from it: a list of 1',
  ],
  [
    'groups that are compared without case',
    spoiled((store) => ({ members: (id: ID) => store.members(lowerCase(id)) })),
    'other names and addresses do, in each letter',
  ],
  [
    'members that are compared without case',
    changing((change) => {
      if (change.do !== 'set-members') return change;
      const members = new Map(change.members.map((member) => [member.entityKey.toLowerCase(), member]));
      return { ...change, members: [...members.values()] };
    }),
    'the members of a group come back in their order, whatever the case of their letters',
  ],
  [
    'a commit that throws',
    failing(new RangeError('no such table'), () => true),
    'an identity, its private keys and a group can be kept',
    'RangeError: no such table',
  ],
  [
    'a commit that cannot forget',
    failing(new RangeError('no such column'), (changes) => changes.some((change) => change.do === 'forget')),
    'an ID can be forgotten',
    'RangeError: no such column',
  ],
  [
    'a pin that is never replaced',
    spoiled((store) => ({
      commit: async (changes: readonly Change[]) => {
        const seen = new Set<string>();
        await store.commit(
          changes.filter((change) => {
            if (change.do !== 'pin-meta') return true;
            if (seen.has(change.id.entityKey)) return false;
            seen.add(change.id.entityKey);
            return true;
          }),
        );
      },
    })),
    'the pin of an ID is replaced by the next one',
  ],
  [
    'somebody in it that nobody put there',
    spoiled((store) => ({
      keys: (id: ID) => store.keys(id) ?? { decrypt: [{ key: mallory.keys.decrypt[0]?.key }] },
    })),
    'an empty store gives nothing, or null, or an empty list',
    'private keys: an object with decrypt',
  ],
  [
    'the meta of somebody else',
    spoiled(() => ({ meta: () => ({ meta: mallory.meta, isProven: true }) })),
    'the pinned meta comes back, and whether it is proven',
    'another one; one with isProven: true',
  ],
  [
    'a pin that is proven whatever was said of it',
    spoiled((store) => ({
      meta: (id: ID) => {
        const pinned = store.meta(id) as object | null;
        return pinned && { ...pinned, isProven: true };
      },
    })),
    'the pinned meta comes back, and whether it is proven',
    'one with isProven: true',
  ],
  [
    'a pin of which the meta alone is replaced',
    spoiled((store) => ({
      commit: async (changes: readonly Change[]) => {
        let isProven: boolean | undefined;
        await store.commit(
          changes.map((change) => {
            if (change.do !== 'pin-meta') return change;
            isProven ??= change.isProven;
            return { ...change, isProven };
          }),
        );
      },
    })),
    'the pin of an ID is replaced by the next one',
    'the meta of the second, with isProven: true of the first',
  ],
  [
    'a store that keeps nothing',
    spoiled(() => ({ commit: () => undefined })),
    'documents come back as they were signed',
    'nothing of the visa of phone, the visa of tablet',
  ],
  [
    'one document of an ID',
    spoiled((store) => ({ documents: (id: ID) => (store.documents(id) ?? []).slice(0, 1) })),
    'all documents of an ID come back',
  ],
  [
    'documents with a column more',
    spoiled((store) => ({
      documents: (id: ID) => (store.documents(id) ?? []).map((map: object) => ({ ...map, row: 1 })),
    })),
    'documents come back as they were signed',
    'another text of the visa of phone, the visa of tablet',
  ],
  [
    'documents that are never dropped',
    changing((change) => (change.do === 'drop-document' ? { do: 'add-contact', id: bob.id } : change)),
    'a document that was dropped is gone, and no other',
    'the visa of phone, the visa of tablet',
  ],
  [
    'private keys without their terminals',
    changing((change) => {
      if (change.do !== 'keep-keys') return change;
      return { ...change, keys: { ...change.keys, decrypt: change.keys.decrypt.map(({ key }) => ({ key })) } };
    }),
    'private keys come back by role and terminal',
  ],
  [
    'members that are only added',
    spoiled((store) => ({
      commit: async (changes: readonly Change[]) => {
        for (const change of changes) {
          const before = change.do === 'set-members' ? store.members(change.group) : null;
          await store.commit([
            change.do === 'set-members' ? { ...change, members: [...(before ?? []), ...change.members] } : change,
          ]);
        }
      },
    })),
    'the members of a group are replaced as a whole',
  ],
  [
    'members of users',
    spoiled((store) => ({ members: (id: ID) => (id.isUser ? [id] : store.members(id)) })),
    'a user has no members',
    '1',
  ],
];
