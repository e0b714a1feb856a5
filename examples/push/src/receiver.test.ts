import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { createDim } from 'dimp';
import { standardPlugin } from 'dimplugins';
import { webhookPush, type PushItem } from 'dimstation';
import { pushReceiver } from './receiver.ts';

const SECRET = 'a secret that both of them have';

test('what a station sends is taken, and what anybody else sends is not', async () => {
  const dim = createDim({ plugins: [standardPlugin()] });
  const [alice, bob] = [await dim.createUser({ name: 'Alice' }), await dim.createUser({ name: 'Bob' })];
  const taken: PushItem[] = [];
  const server = pushReceiver(SECRET, (item) => taken.push(item));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const message = { sender: alice.id, receiver: bob.id, group: undefined, isForGroup: false, type: '1' };
  for (const secret of [SECRET, 'a secret that somebody else made up']) {
    const push = webhookPush({ url, secret, nameOf: (id) => (id.equals(alice.id) ? 'Alice' : undefined) });
    push.cached({ ...message, time: Date.now() / 1000 });
    await push.close();
  }
  const plain = await fetch(url, { method: 'POST', body: '{"items":[]}' });
  server.close();

  assert.equal(plain.status, 403);
  assert.deepEqual(taken, [
    {
      receiver: bob.id.toString(),
      aps: { alert: { title: 'Text Message', body: 'Alice sent you a text message.' }, badge: 1 },
    },
  ]);
});
