/** Messages to a person, a group and everybody, and one with a reused key. */
import assert from 'node:assert/strict';
import { decodeUtf8, EVERYONE, TextContent } from 'dimp';
import type { People, Person } from '../people.ts';
import type { Report } from '../report.ts';
import { preview } from './preview.ts';

export async function sendToPerson({ alice, bob }: People, report: Report): Promise<Uint8Array> {
  report.step('A message from Alice to Bob, who reads it on two terminals');
  const bytes = await alice.devices[0].pack(TextContent.create('Tea at five?'), bob.user.id);
  report.block(`on the wire, ${bytes.length} bytes (long texts are cut here)`, preview(bytes));
  await readOnEachDevice(bob, bytes, report);
  return bytes;
}

export async function sendToGroup({ alice, bob, carol, dave, group }: People, report: Report): Promise<void> {
  report.step('One message to the group: one ciphertext, a key for each member and terminal');
  const content = TextContent.create('Who brings the cake?', { group: group.id });
  const bytes = await alice.devices[0].pack(content, group.id, { shortNames: true });
  report.line('package', `${bytes.length} bytes, with short names`);
  for (const person of [bob, carol, dave]) await readOnEachDevice(person, bytes, report);

  for (const exposeGroup of [true, false]) {
    const split = await alice.devices[0].pack(content, carol.user.id, { exposeGroup });
    report.line('split for Carol alone', `${split.length} bytes, group ${exposeGroup ? 'exposed' : 'hidden'}`);
    await readOnEachDevice(carol, split, report);
  }
}

export async function sendBroadcast({ carol, dave }: People, report: Report): Promise<void> {
  report.step('A broadcast: signed, not encrypted');
  const bytes = await carol.devices[0].pack(TextContent.create('Anybody there?'), EVERYONE);
  report.line('data on the wire', (JSON.parse(decodeUtf8(bytes)) as { data: string }).data);
  await readOnEachDevice(dave, bytes, report);
}

export async function sendWithReusedKey({ alice, bob }: People, report: Report): Promise<void> {
  report.step('The next message to Bob reuses the last key and leaves it out');
  const content = TextContent.create('And bring your guitar.');
  const bytes = await alice.devices[0].pack(content, bob.user.id, { reuseKey: true });
  assert.ok(!decodeUtf8(bytes).includes('"keys"'), 'the key was sent again');
  report.line('package', `${bytes.length} bytes, without a key`);
  await readOnEachDevice(bob, bytes, report);
}

async function readOnEachDevice({ user, store, devices }: Person, bytes: Uint8Array, report: Report): Promise<void> {
  for (const device of devices) {
    const { content, sender, authenticated } = await device.unpack(bytes);
    assert.equal(authenticated, 'content');
    assert.ok(content instanceof TextContent, 'the content is no text');
    const [name, from] = [user.visas[0]?.name, store.documents(sender)[0]?.name];
    const { terminal } = device.user;
    report.check(
      terminal === undefined ? `${name} reads` : `${name}'s ${terminal} reads`,
      `"${content.text}" from ${from}`,
    );
  }
}
