/** Messages to a person, a group and everybody, and one with a reused key. */
import assert from 'node:assert/strict';
import { EVERYONE, TextContent, type Content, type Messenger, type UnpackedMessage } from 'dimp';
import type { People } from '../people.ts';
import type { Report } from '../report.ts';
import { preview } from './preview.ts';

export async function sendToPerson({ alice, bob }: People, report: Report): Promise<Uint8Array> {
  report.step('A message from Alice to Bob, who reads it on two terminals');
  const bytes = await alice.devices[0].pack(TextContent.create('Tea at five?'), bob.user.id);
  report.block(`on the wire, ${bytes.length} bytes (long texts are cut here)`, preview(bytes));
  for (const device of bob.devices) {
    const received = await device.unpack(bytes);
    report.check(`Bob's ${device.user.terminal} reads`, textOf(received));
  }
  return bytes;
}

export async function sendToGroup({ alice, bob, carol, dave, group }: People, report: Report): Promise<void> {
  report.step('One message to the group: one ciphertext, a key for each member and terminal');
  const content = TextContent.create('Who brings the cake?', { group: group.id });
  const bytes = await alice.devices[0].pack(content, group.id, { shortNames: true });
  report.line('package', `${bytes.length} bytes, with short names`);
  for (const person of [bob, carol, dave]) {
    for (const device of person.devices)
      report.check(readerOf(device, person.user.visas[0]?.name), textOf(await device.unpack(bytes)));
  }
  for (const exposeGroup of [true, false]) {
    const split = await alice.devices[0].pack(content, carol.user.id, { exposeGroup });
    const received = await carol.devices[0].unpack(split);
    assert.ok(received.group?.equals(group.id), 'the group was lost');
    report.check(`for Carol, group ${exposeGroup ? 'exposed' : 'hidden'}`, textOf(received));
  }
}

export async function sendBroadcast({ carol, dave }: People, report: Report): Promise<void> {
  report.step('A broadcast: signed, not encrypted');
  const bytes = await carol.devices[0].pack(TextContent.create('Anybody there?'), EVERYONE);
  report.line(
    'on the wire',
    preview(bytes, 60)
      .split('\n')
      .find((line) => line.includes('"data"'))
      ?.trim() ?? '',
  );
  report.check('Dave reads', textOf(await dave.devices[0].unpack(bytes)));
}

export async function sendWithReusedKey({ alice, bob }: People, report: Report): Promise<void> {
  report.step('The next message to Bob reuses the last key and leaves it out');
  const bytes = await alice.devices[0].pack(TextContent.create('And bring your guitar.'), bob.user.id, {
    reuseKey: true,
  });
  assert.ok(!Buffer.from(bytes).includes('"keys"'), 'the key was sent again');
  report.line('package', `${bytes.length} bytes, without a key`);
  report.check(readerOf(bob.devices[0], 'Bob'), textOf(await bob.devices[0].unpack(bytes)));
}

function readerOf(device: Messenger, name = ''): string {
  return device.user.terminal === undefined ? `${name} reads` : `${name}'s ${device.user.terminal} reads`;
}

function textOf({ content, sender, authenticated }: UnpackedMessage<Content>): string {
  assert.equal(authenticated, 'content');
  assert.ok(content instanceof TextContent, 'the content is no text');
  return `"${content.text}" from ${sender.name ?? sender.toString().slice(0, 10)}`;
}
