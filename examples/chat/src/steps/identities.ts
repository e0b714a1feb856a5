/** Checks what everybody will rely on: the binding of keys to IDs, and the signed documents. */
import assert from 'node:assert/strict';
import { isFounder, Visa, verifyDocument, verifyMeta } from 'dimp';
import { dim } from '../dim.ts';
import type { People, Person } from '../people.ts';
import type { Report } from '../report.ts';

export async function introduce({ alice, bob, carol, dave, group }: People, report: Report): Promise<void> {
  for (const person of [alice, bob, carol, dave]) await introducePerson(person, report);
  const owner = await verifyMeta(group.meta, group.id);
  assert.ok(owner, "the meta is not the group's");
  assert.ok(await verifyDocument(group.bulletin, owner), 'the bulletin is not signed by the founder');
  const founder = await verifyMeta(alice.user.meta, alice.user.id);
  assert.ok(founder && (await isFounder(owner, founder)), "the key of the group is not Alice's");
  report.line(group.bulletin.name ?? '', group.id.toString());
  report.check('meta and bulletin hold', `${group.members.length} members, founded by ${alice.name}`);
}

async function introducePerson({ user, name }: Person, report: Report): Promise<void> {
  // As a stranger would: from the JSON that travels, not from the objects at hand.
  const meta = dim.Meta.parse(JSON.parse(user.meta.serialize()));
  const owner = await verifyMeta(meta, user.id);
  assert.ok(owner, "the meta is not the user's");
  for (const visa of user.visas) {
    const received = dim.Document.parse(JSON.parse(visa.serialize()));
    assert.ok(received instanceof Visa && (await verifyDocument(received, owner)), 'a visa is not signed by its user');
  }
  report.line(name, user.id.toString());
  const terminals = user.visas.map((visa) => visa.terminal ?? 'all terminals').join(', ');
  report.check(
    'meta and visas hold',
    `${meta.typeName} identity with ${meta.publicKey.algorithm}; visa for ${terminals}`,
  );
}
