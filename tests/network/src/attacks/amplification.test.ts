/** Found by attack: one message of a stranger makes a client send many. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ArrayContent, MetaCommand, DocumentsCommand } from 'dimp';
import { clockOf, device, network, person } from '../world.ts';
import { packed, pass, sentBy } from './enemy.ts';

test('a message with a thousand questions is answered a few times', { timeout: 300_000 }, async () => {
  const net = await network({ seed: 1, logLimit: 100_000 });
  const [bob, mallory] = [await person('Bob'), await person('Mallory')];
  const b = await device(net, bob);
  await clockOf(net).advance(30);
  for (const name of ['refused', 'error', 'handler-failed'] as const)
    b.on(name, (event) => console.log(name, String((event as { error: unknown }).error)));
  const since = net.log.length;
  const questions = Array.from({ length: 1000 }, (_, i) =>
    i % 2 ? MetaCommand.query(bob.id) : DocumentsCommand.query(bob.id),
  );
  const bytes = await packed(net, mallory, bob, ArrayContent.create(questions));
  await net.inject(bytes, bob.id);
  await pass(net, 1200, 300);
  const sent = sentBy(net, bob.id, since).filter(({ to }) => to.includes(mallory.id.address.toString()));
  const counts = new Map<string, number>();
  for (const { event, envelope } of net.log.slice(since)) {
    const key = `${event} ${envelope?.sender.name ?? ''} to ${envelope?.receiver.name ?? ''}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  console.log([...counts]);
  const total = sent.reduce((sum, one) => sum + one.bytes, 0);
  console.log(`in: 1 message, ${bytes.length} bytes; out: ${sent.length} messages, ${total} bytes`);
  assert.ok(sent.length <= 20, `${sent.length} messages, ${total} bytes for ${bytes.length}`);
  await b.close();
});
