/** Found by attack: what strangers send pushes out what others wrote, where somebody reads slowly. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ArrayContent, MetaCommand, TextContent } from 'dimp';
import type { Received } from 'dimsdk';
import { device, network, person, until, type TestContent } from '../world.ts';
import { packed, pass } from './enemy.ts';

/** More than an iterable holds of what nobody waits with. */
const COMMANDS = 1300;

test("a stranger's commands push no message out of an iterable", { timeout: 60_000 }, async () => {
  const net = await network({ seed: 1 });
  const [alice, bob, mallory] = [await person('Alice'), await person('Bob'), await person('Mallory')];
  const b = await device(net, bob);
  await pass(net, 10);
  let commands = 0;
  b.on('received', ({ content }) => void (commands += Number(content.kind !== 'text')));
  const over = new AbortController();
  const iterator = b.events('received', over.signal)[Symbol.asyncIterator]();
  const first = iterator.next();
  const wanted = ['0', '1', '2', '3'];
  for (const text of wanted) {
    await net.inject(await packed(net, alice, bob, TextContent.create(text)), bob.id);
    await pass(net, 2, 4);
  }
  const read: string[] = [];
  let others = 0;
  const note = ({ content }: Received<TestContent>): void => {
    if (content.kind === 'text') read.push(content.text);
    else others++;
  };
  const one = await first;
  if (one.done !== true) note(one.value);
  // Now the reader pauses.
  const before = commands;
  for (let sent = 0; sent < COMMANDS; sent += 100) {
    const many = ArrayContent.create(Array.from({ length: 100 }, () => MetaCommand.query(bob.id)));
    await net.inject(await packed(net, mallory, bob, many), bob.id);
  }
  await until(net, async () => commands - before >= COMMANDS, 'all commands are told');
  const reading = (async () => {
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) note(next.value);
  })();
  await pass(net, 10);
  over.abort();
  await reading;
  assert.deepEqual(read, wanted);
  assert.ok(others >= 900 && others <= 1010, `the last ones of the others: ${others}`);
  await b.close();
});
