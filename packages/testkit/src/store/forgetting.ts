/** Forgetting an ID: what is known of it is gone, and what others need stays. */
import { keyDigest } from 'dimp/extend';
import { allOf, isValue } from '../report/verdict.ts';
import { has, hasNo } from './answers.ts';
import { markOf } from './read-marks.ts';
import { filled, identityChanges, type StoreTrial } from './store-trial.ts';

export async function checkForgetting({ contract, samples, people }: StoreTrial): Promise<void> {
  const { alice, bob, group } = people;
  const key = await samples.dim.SymmetricKey.generate('AES');
  contract.keepSecret(key.fields);
  const entry = { key, digest: keyDigest(samples.dim, key), time: 1 };
  const to = { sender: bob.id, destination: alice.id };
  const from = { sender: alice.id, destination: bob.id };
  const other = { sender: bob.id, destination: group };
  const mark = markOf(people, 1);
  const store = await contract.obtain('commit', 'an ID can be forgotten', () =>
    filled(samples, [
      ...identityChanges(people),
      { do: 'keep-message-key', direction: to, use: 'send', entry },
      { do: 'keep-message-key', direction: from, use: 'receive', entry },
      { do: 'keep-message-key', direction: other, use: 'send', entry },
      { do: 'mark-read', mark },
      { do: 'forget', id: alice.id },
    ]),
  );
  if (store === undefined) return;
  await contract.rule('commit', 'what is forgotten of an ID is gone: meta, documents, message keys', async () =>
    allOf([
      hasNo('meta', await store.meta(alice.id)),
      hasNo('documents', await store.documents(alice.id)),
      hasNo('message keys to it', await store.messageKeys(to, 'send')),
      hasNo('message keys from it', await store.messageKeys(from, 'receive')),
    ]),
  );
  await contract.rule('commit', 'what is not forgotten with an ID stays', async () =>
    allOf([
      isValue(await store.readState(mark), 'read'),
      has('private keys', await store.keys(alice.id)),
      has('members of its groups', await store.members(group)),
      has('message keys of others', await store.messageKeys(other, 'send')),
    ]),
  );
}
