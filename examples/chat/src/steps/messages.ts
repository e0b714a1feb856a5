/** Messages to a person, a group and everybody, and some with a reused key. */
import assert from 'node:assert/strict';
import { EVERYONE, TextContent } from 'dimp';
import { decodeUtf8 } from 'dimp/extend';
import { dim } from '../dim.ts';
import type { People, Person } from '../people.ts';
import type { Report } from '../report.ts';
import { preview } from './preview.ts';
import { refused } from './refused.ts';

export async function sendToPerson({ alice, bob }: People, report: Report): Promise<Uint8Array> {
  report.step('A message from Alice to Bob, who reads it on two devices');
  const [{ messenger }] = alice.devices;
  const bytes = await messenger.pack(TextContent.create('Tea at five?'), bob.user.id, { reuseKey: true });
  report.block(`on the wire, ${bytes.length} bytes (long texts are cut here)`, preview(bytes));
  await readOnEachDevice(bob, bytes, report);
  // As a client does when its station has taken the message.
  await messenger.handedOver(bytes);
  return bytes;
}

export async function sendWithReusedKey({ alice, bob }: People, report: Report): Promise<void> {
  report.step('The next message to Bob reuses the last key and leaves it out');
  const content = TextContent.create('And bring your guitar.');
  const bytes = await alice.devices[0].messenger.pack(content, bob.user.id, { reuseKey: true });
  reportKey(bytes, { isSent: false }, report);
  await readOnEachDevice(bob, bytes, report);
}

export async function sendToGroup({ alice, bob, carol, dave, group }: People, report: Report): Promise<void> {
  report.step('One message to the group: one ciphertext, a key for each member and device');
  const [{ messenger }] = alice.devices;
  const content = TextContent.create('Who brings the cake?', { group: group.id });
  const bytes = await messenger.pack(content, group.id, { shortNames: true });
  report.line('package', `${bytes.length} bytes, with short names`);
  for (const person of [bob, carol, dave]) await readOnEachDevice(person, bytes, report);

  for (const exposeGroup of [true, false]) {
    const single = await messenger.pack(content, carol.user.id, { exposeGroup });
    report.line('for Carol alone', `${single.length} bytes, group ${exposeGroup ? 'exposed' : 'hidden'}`);
    await readOnEachDevice(carol, single, report);
  }
}

export async function sendAfterSomebodyLeft({ alice, bob, carol, dave, group }: People, report: Report): Promise<void> {
  report.step('Dave leaves the group, and does not read on: a key is reused for those who had it');
  const [{ messenger, store }] = alice.devices;
  async function send(text: string): Promise<Uint8Array> {
    const bytes = await messenger.pack(TextContent.create(text, { group: group.id }), group.id, { reuseKey: true });
    await messenger.handedOver(bytes);
    return bytes;
  }
  for (const [text, isSent] of [
    ['I baked one.', true],
    ['With cherries.', false],
  ] as const) {
    const bytes = await send(text);
    reportKey(bytes, { isSent }, report);
    for (const person of [bob, carol, dave]) await readOnEachDevice(person, bytes, report);
  }

  await dim.setMembers(store, group.id, [alice.user.id, bob.user.id, carol.user.id]);
  report.line('Dave has left', 'Alice takes him off her list');
  for (const [text, isSent] of [
    ['The key is under the mat.', true],
    ['The door sticks a little.', false],
  ] as const) {
    const bytes = await send(text);
    reportKey(bytes, { isSent }, report);
    for (const person of [bob, carol]) await readOnEachDevice(person, bytes, report);
    const code = isSent ? 'NOT_RECIPIENT' : 'MISSING_MESSAGE_KEY';
    await refused('Dave does not', code, () => dave.devices[0].messenger.unpack(bytes), report);
  }
}

export async function sendBroadcast({ carol, dave }: People, report: Report): Promise<void> {
  report.step('A broadcast: signed, not encrypted');
  const bytes = await carol.devices[0].messenger.pack(TextContent.create('Anybody there?'), EVERYONE);
  report.line('data on the wire', (JSON.parse(decodeUtf8(bytes)) as { data: string }).data);
  await readOnEachDevice(dave, bytes, report, { wasEncrypted: false });
}

function reportKey(bytes: Uint8Array, { isSent }: { readonly isSent: boolean }, report: Report): void {
  assert.equal(dim.ReliableMessage.decode(bytes).hasKey, isSent, 'the key is sent where it is new, and else left out');
  report.line('package', `${bytes.length} bytes, ${isSent ? 'with a new key' : 'without a key'}`);
}

async function readOnEachDevice(
  { name, devices }: Person,
  bytes: Uint8Array,
  report: Report,
  expected = { wasEncrypted: true },
): Promise<void> {
  for (const { messenger, store, terminal } of devices) {
    const { content, sender, authenticated, wasEncrypted } = await messenger.unpack(bytes);
    assert.deepEqual({ authenticated, wasEncrypted }, { authenticated: 'content', ...expected });
    assert.ok(content instanceof TextContent, 'the content is no text');
    const from = store.documents(sender)[0]?.document.name;
    report.check(
      terminal === undefined ? `${name} reads` : `${name}'s ${terminal} reads`,
      `"${content.text}" from ${from}`,
    );
  }
}
