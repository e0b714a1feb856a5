/** Checks what everybody will rely on: the binding of keys to IDs, and the signed documents. */
import assert from 'node:assert/strict';
import { Visa, verifyMeta } from 'dimp';
import { dim } from '../dim.ts';
import type { People, Person } from '../people.ts';
import type { Report } from '../report.ts';

export async function introduce({ alice, bob, carol, dave, group }: People, report: Report): Promise<void> {
  for (const person of [alice, bob, carol, dave]) await introducePerson(person, report);
  assert.ok(await verifyMeta(group.meta, group.id), "the meta is not the group's");
  assert.ok(await group.bulletin.verify(group.meta.publicKey), 'the bulletin is not signed by the founder');
  report.line(group.bulletin.name ?? '', group.id.toString());
  report.check('meta and bulletin hold', `${group.members.length} members, founded by ${alice.user.visas[0]?.name}`);
}

async function introducePerson({ user }: Person, report: Report): Promise<void> {
  // As a stranger would: from the JSON that travels, not from the objects at hand.
  const meta = dim.Meta.parse(JSON.parse(user.meta.serialize()));
  assert.ok(await verifyMeta(meta, user.id), "the meta is not the user's");
  for (const visa of user.visas) {
    const received = dim.Document.parse(JSON.parse(visa.serialize()));
    assert.ok(received instanceof Visa && (await received.verify(meta.publicKey)), 'a visa is not signed by its user');
  }
  report.line(user.visas[0]?.name ?? '', user.id.toString());
  const terminals = user.visas.map((visa) => visa.terminal ?? 'all terminals').join(', ');
  report.check(
    'meta and visas hold',
    `${meta.typeName} identity with ${meta.publicKey.algorithm}; visa for ${terminals}`,
  );
}
