/** Changes one thing at a time, and shows how each forged copy is refused. */
import assert from 'node:assert/strict';
import { decodeUtf8, DimError, encodeUtf8, type JsonMap } from 'dimp';
import { dim } from '../dim.ts';
import type { People } from '../people.ts';
import type { Report } from '../report.ts';

export async function refuseForgeries({ alice, bob, carol }: People, bytes: Uint8Array, report: Report): Promise<void> {
  report.step('Forged copies are refused');
  const map = JSON.parse(decodeUtf8(bytes)) as { [name: string]: string };
  const unpack = (changes: JsonMap) => bob.devices[0].unpack(encodeUtf8(JSON.stringify({ ...map, ...changes })));

  await refused('data changed', 'CRYPTO_VERIFY', () => unpack({ data: changeBase64(map['data']) }), report);
  await refused(
    'signature changed',
    'CRYPTO_VERIFY',
    () => unpack({ signature: changeBase64(map['signature']) }),
    report,
  );
  await refused('sender changed', 'CRYPTO_VERIFY', () => unpack({ sender: carol.user.id.toString() }), report);
  await refused('IV changed', 'CRYPTO_DECRYPT', () => unpack({ IV: changeBase64(map['IV']) }), report);
  await refused('receiver unreadable', 'UNSUPPORTED_ADDRESS', () => unpack({ receiver: 'nobody' }), report);
  const { message } = await bob.devices[0].unpack(bytes);
  await refused('type changed', 'INPUT_CONFLICT', () => unpack({ type: `${Number(message.type) + 1}` }), report);
  await refused('package cut short', 'INPUT_FORMAT', () => bob.devices[0].unpack(bytes.subarray(0, -1)), report);

  const forgedMeta = dim.Meta.parse({ ...bob.user.meta.toMap(), seed: 'mallory' });
  await refused('meta with another name', 'CRYPTO_VERIFY', () => carol.store.saveMeta(bob.user.id, forgedMeta), report);
  const forgedVisa = { ...alice.user.visas[0]?.toMap(), data: alice.user.visas[0]?.data?.replace('Alice', 'Mally') };
  await refused(
    'visa with another name',
    'CRYPTO_VERIFY',
    () => carol.store.saveDocument(dim.Document.parse(forgedVisa)),
    report,
  );
}

/** Passes when an action fails with exactly this code; a forgery that is accepted ends the demo. */
async function refused(what: string, code: string, action: () => Promise<unknown>, report: Report): Promise<void> {
  try {
    await action();
  } catch (error) {
    assert.ok(error instanceof DimError, `${what}: refused by something else than a DimError`);
    assert.equal(error.code, code, `${what}: ${error.message}`);
    report.check(what, error.message);
    return;
  }
  assert.fail(`${what}: the forgery was accepted`);
}

/** Another canonical base64 text of the same length. */
function changeBase64(text = ''): string {
  return (text.startsWith('A') ? 'B' : 'A') + text.slice(1);
}
