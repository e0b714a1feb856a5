/** Metas, documents, private keys and members: what was kept comes back, for the ID that it is of and for no other. */
import { Visa, type Change, type Document, type ID, type Store } from 'dimp';
import { shortForm } from '../report/short-form.ts';
import { allOf, isValue, verdict, type Verdict } from '../report/verdict.ts';
import { has, hasNo, isSame, isSameSet, listed } from './answers.ts';
import { keyDigests, readDocuments, readKeyDigests, readMeta } from './read-back.ts';
import { filled, identityChanges, nextPin, otherCaseOf, pinOf, type StoreTrial } from './store-trial.ts';

export async function checkIdentities(trial: StoreTrial): Promise<void> {
  const { contract, samples, people } = trial;
  const { alice, bob, group } = people;
  await contract.rule('the answers', 'an empty store gives nothing, or null, or an empty list', async () => {
    const store = await samples.open();
    const direction = { sender: alice.id, destination: bob.id };
    return allOf([
      hasNo('meta', await store.meta(alice.id)),
      hasNo('documents', await store.documents(alice.id)),
      hasNo('private keys', await store.keys(alice.id)),
      hasNo('members', await store.members(group)),
      hasNo('message keys to send with', await store.messageKeys(direction, 'send')),
      hasNo('message keys that came in', await store.messageKeys(direction, 'receive')),
    ]);
  });
  const store = await contract.obtain('commit', 'an identity, its private keys and a group can be kept', () =>
    filled(samples, identityChanges(people)),
  );
  // All the rest would say the same.
  if (store === undefined) return;
  if (samples.reopen !== undefined)
    await contract.rule('reopen', 'what was committed is there after a restart', async () =>
      allOf([
        has('meta', await store.meta(alice.id)),
        has('documents', await store.documents(alice.id)),
        has('private keys', await store.keys(alice.id)),
      ]),
    );
  await checkWhatComesBack(trial, store);
  await checkMembers(trial);
  await checkWhoseItIs(trial, store);
}

async function checkWhatComesBack(trial: StoreTrial, store: Store): Promise<void> {
  const { contract, samples, people } = trial;
  const { dim } = samples;
  const { alice, documents } = people;
  await contract.rule('meta', 'the pinned meta comes back, and whether it is proven', async () => {
    const pinned = await readMeta(dim, store, alice.id);
    if (pinned === undefined) return { expected: 'the meta that was pinned', received: 'none' };
    const isOwn = pinned.meta.serialize() === alice.meta.serialize();
    const unproven = await readMeta(dim, await filled(samples, [pinOf(people, false)]), alice.id);
    return allOf([
      verdict(isOwn, 'the meta that was pinned', 'another one'),
      verdict(pinned.isProven, 'a meta that is proven', 'one that is not'),
      verdict(
        unproven?.isProven === false,
        'a meta that is not proven, where it was pinned so',
        unproven === undefined ? 'none' : `one with isProven: ${shortForm(unproven.isProven)}`,
      ),
    ]);
  });
  await contract.rule('commit', 'the pin of an ID is replaced by the next one', async () => {
    const next = await nextPin(trial);
    const pinned = await readMeta(dim, await filled(samples, [pinOf(people), next]), alice.id);
    const expected = 'the second pin, with its meta and what it says of proof';
    if (pinned === undefined) return { expected, received: 'none' };
    if (pinned.meta.fields['next'] !== true) return { expected, received: 'the meta of the first' };
    // A store may say the same of all pins: that is told above.
    const alone = await readMeta(dim, await filled(samples, [next]), alice.id);
    return verdict(
      pinned.isProven === alone?.isProven,
      expected,
      `the meta of the second, with isProven: ${shortForm(pinned.isProven)} of the first`,
    );
  });
  const own = documents.map(({ document }) => document);
  await contract.rule('documents', 'all documents of an ID come back', async () =>
    isSameSet(placesOf(await readDocuments(dim, store, alice.id)), placesOf(own)),
  );
  await contract.rule('documents', 'documents come back as they were signed', async () => {
    const kept = await readDocuments(dim, store, alice.id);
    const texts = kept.map((document) => document.serialize());
    const changed = placesOf(own.filter((document) => !texts.includes(document.serialize())));
    const lost = changed.filter((place) => !placesOf(kept).includes(place));
    const other = changed.filter((place) => !lost.includes(place));
    return allOf([
      verdict(lost.length === 0, listed(placesOf(own)), `nothing of ${listed(lost)}`),
      verdict(other.length === 0, 'every field as it was', `another text of ${listed(other)}`),
    ]);
  });
  await contract.rule('commit', 'a document that was dropped is gone, and no other', async () => {
    const dropped = documents.slice(0, 1).map((document): Change => ({ do: 'drop-document', document }));
    const left = await filled(samples, [...identityChanges(people), ...dropped]);
    return isSameSet(placesOf(await readDocuments(dim, left, alice.id)), placesOf(own.slice(1)));
  });
  await contract.rule('keys', 'private keys come back by role and terminal', async () =>
    isSame(await readKeyDigests(dim, store, alice.id), keyDigests(dim, alice.keys)),
  );
}

async function checkMembers({ contract, samples, people }: StoreTrial): Promise<void> {
  const { alice, bob, group } = people;
  await contract.rule(
    'members',
    'the members of a group come back in their order, whatever the case of their letters',
    async () => {
      const members = [alice.id, bob.id, otherCaseOf(samples, alice.id)];
      const store = await filled(samples, [{ do: 'set-members', group, members }]);
      return isSame(namesOf(await store.members(group)), namesOf(members));
    },
  );
  await contract.rule('commit', 'the members of a group are replaced as a whole', async () => {
    const store = await filled(samples, [
      { do: 'set-members', group, members: [alice.id, bob.id] },
      { do: 'set-members', group, members: [bob.id] },
    ]);
    return isSame(namesOf(await store.members(group)), namesOf([bob.id]));
  });
}

async function checkWhoseItIs({ contract, samples, people }: StoreTrial, store: Store): Promise<void> {
  const { dim } = samples;
  const { alice, bob, group } = people;
  await contract.rule('the answers', 'terminals make no difference to whose something is', async () => {
    const at = alice.id.at('somewhere');
    return allOf([
      has('meta by an ID with a terminal', await store.meta(at)),
      has('documents by an ID with a terminal', await store.documents(at)),
      has('private keys by an ID with a terminal', await store.keys(at)),
    ]);
  });
  await contract.rule('the answers', 'other names and addresses do, in each letter', async () => {
    const others = ['Alice', 'alicE', 'alic', 'alice_', 'al%', 'Älice'].map((name) =>
      dim.ID.create({ name, address: alice.id.address }),
    );
    const verdicts: Verdict[] = [];
    for (const id of [...others, dim.ID.create({ address: alice.id.address }), bob.id, group]) {
      verdicts.push(hasNo(`meta of ${id.toString()}`, await store.meta(id)));
      verdicts.push(hasNo(`documents of ${id.toString()}`, await store.documents(id)));
      verdicts.push(hasNo(`private keys of ${id.toString()}`, await store.keys(id)));
    }
    const team = otherCaseOf(samples, group);
    verdicts.push(hasNo(`members of ${team.toString()}`, await store.members(team)));
    return allOf(verdicts);
  });
  await contract.rule('members', 'a user has no members', async () =>
    isValue(((await store.members(bob.id)) ?? []).length, 0),
  );
}

function placesOf(documents: readonly Document[]): readonly string[] {
  return documents.map((document) => (document instanceof Visa ? `the visa of ${document.terminal}` : 'no visa'));
}

function namesOf(ids: readonly ID[] | null | undefined): readonly string[] {
  return (ids ?? []).map((id) => id.toString());
}
