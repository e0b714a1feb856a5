/** Changes one thing at a time, and shows how each forged copy is refused. */
import { MemoryStore, type JsonMap } from 'dimp';
import { decodeUtf8, encodeUtf8 } from 'dimp/extend';
import { dim } from '../dim.ts';
import type { People } from '../people.ts';
import type { Report } from '../report.ts';
import { refused } from './refused.ts';

export async function refuseForgeries({ alice, bob, carol }: People, bytes: Uint8Array, report: Report): Promise<void> {
  report.step('Forged and repeated copies are refused');
  const map = JSON.parse(decodeUtf8(bytes)) as { [name: string]: string };
  const { messenger } = bob.devices[0];
  const unpack = (changes: JsonMap) => messenger.unpack(encodeUtf8(JSON.stringify({ ...map, ...changes })));

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
  await refused('type changed', 'INPUT_CONFLICT', () => unpack({ type: `${Number(map['type']) + 1}` }), report);
  await refused('package cut short', 'INPUT_FORMAT', () => messenger.unpack(bytes.subarray(0, -1)), report);
  await refused('the same once more', 'INPUT_REPLAY', () => unpack({}), report);

  const stranger = new MemoryStore();
  const forgedMeta = dim.Meta.parse({ ...bob.user.meta.toMap(), seed: 'mallory' });
  await refused(
    'meta with another name',
    'CRYPTO_VERIFY',
    () => dim.addContact(stranger, { ...bob.user, meta: forgedMeta }),
    report,
  );
  const visa = alice.user.visas[0];
  const forgedVisa = dim.Document.parse({ ...visa?.toMap(), data: visa?.data?.replace('Alice', 'Mally') });
  await refused(
    'visa with another name',
    'CRYPTO_VERIFY',
    () => dim.addContact(stranger, { ...alice.user, visas: [forgedVisa] }),
    report,
  );
}

/** Another canonical base64 text of the same length. */
function changeBase64(text = ''): string {
  return (text.startsWith('A') ? 'B' : 'A') + text.slice(1);
}
