/** Message keys: all of a direction and use come back, each with all that was said of it. */
import type { Change, KeptMessageKey, KeyDirection, MessageKeyUse, Dim, SymmetricKey } from 'dimp';
import { keyDigest } from 'dimp/extend';
import { MAX_MESSAGE_KEYS } from 'dimp/internal';
import { allOf, isValue } from '../report/verdict.ts';
import { has, hasNo, isSameSet } from './answers.ts';
import { filled, inOtherCase, otherCaseOf, type StoreTrial } from './store-trial.ts';

/** An entry whose key was made here. */
type NewEntry = KeptMessageKey & { readonly key: SymmetricKey };

export async function checkMessageKeys({ contract, samples, people }: StoreTrial): Promise<void> {
  const { dim } = samples;
  const { alice, bob, group } = people;
  const direction = { sender: alice.id, destination: bob.id };
  const entries = await Promise.all(Array.from({ length: MAX_MESSAGE_KEYS }, async (_, index) => newEntry(dim, index)));
  const [one, two] = entries as [NewEntry, NewEntry];
  for (const { key } of entries) contract.keepSecret(key.fields);
  const keep = (entry: KeptMessageKey, use: MessageKeyUse = 'send', of: KeyDirection = direction): Change => ({
    do: 'keep-message-key',
    direction: of,
    use,
    entry,
  });
  const textsOf = (kept: readonly KeptMessageKey[] | null | undefined) =>
    (kept ?? []).map((entry) => textOf(dim, entry));
  const where = 'messageKeys';
  await contract.rule(
    where,
    'message keys come back, several of a direction, with all that was said of them',
    async () => {
      const store = await filled(samples, [keep(one), keep(two)]);
      return isSameSet(textsOf(await store.messageKeys(direction, 'send')), textsOf([one, two]));
    },
  );
  await contract.rule(
    where,
    `all of the ${MAX_MESSAGE_KEYS} message keys that a direction may have come back`,
    async () => {
      const store = await filled(
        samples,
        entries.map((entry) => keep(entry, 'receive')),
      );
      return isValue(((await store.messageKeys(direction, 'receive')) ?? []).length, MAX_MESSAGE_KEYS);
    },
  );
  await contract.rule('commit', 'a message key of the same digest is replaced, and a dropped one is gone', async () => {
    const handedOver = { ...one, isHandedOver: true };
    const store = await filled(samples, [
      keep(one),
      keep(two),
      keep(handedOver),
      { do: 'drop-message-key', direction, use: 'send', digest: two.digest },
    ]);
    return isSameSet(textsOf(await store.messageKeys(direction, 'send')), textsOf([handedOver]));
  });
  await contract.rule(where, 'the digests of message keys differ in each letter', async () => {
    const other = { ...two, digest: inOtherCase(one.digest) };
    const store = await filled(samples, [keep(one), keep(other)]);
    return isSameSet(textsOf(await store.messageKeys(direction, 'send')), textsOf([one, other]));
  });
  await contract.rule(where, 'message keys are of one direction, in each letter of its IDs', async () => {
    const of = { sender: alice.id, destination: group };
    const store = await filled(samples, [keep(one, 'send', of)]);
    const [sender, destination] = [otherCaseOf(samples, alice.id), otherCaseOf(samples, group)];
    return allOf([
      hasNo(`message keys from ${sender.toString()}`, await store.messageKeys({ ...of, sender }, 'send')),
      hasNo(`message keys to ${destination.toString()}`, await store.messageKeys({ ...of, destination }, 'send')),
    ]);
  });
  await contract.rule(where, 'keys to send with are none that came in, nor those of another direction', async () => {
    const store = await filled(samples, [keep(one, 'receive')]);
    const back = { sender: bob.id, destination: alice.id };
    return allOf([
      has('a message key that came in', await store.messageKeys(direction, 'receive')),
      hasNo('message keys to send with', await store.messageKeys(direction, 'send')),
      hasNo('message keys of the way back', await store.messageKeys(back, 'receive')),
      hasNo('message keys of a group', await store.messageKeys({ sender: alice.id, destination: group }, 'receive')),
    ]);
  });
}

async function newEntry(dim: Dim, number: number): Promise<NewEntry> {
  const key = await dim.SymmetricKey.generate('AES');
  // Two uses of one second are told apart.
  const time = 1_700_000_000.125 + number / 1000;
  return {
    key,
    digest: keyDigest(dim, key),
    time,
    isNamed: true,
    terminal: 'phone',
    recipients: 'all',
    isHandedOver: false,
  };
}

/** All of an entry, with the digest of the key in the place of the key. */
function textOf(dim: Dim, { key, digest, time, isNamed, terminal, recipients, isHandedOver }: KeptMessageKey): string {
  return JSON.stringify({
    digest,
    digestOfKey: keyDigest(dim, dim.SymmetricKey.parse(key)),
    time,
    isNamed: isNamed ?? null,
    terminal: terminal ?? null,
    recipients: recipients ?? null,
    isHandedOver: isHandedOver ?? null,
  });
}
