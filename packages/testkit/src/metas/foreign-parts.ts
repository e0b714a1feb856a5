/** Metas that somebody put together of the parts of two, or whose parts were damaged: none belongs to the ID. */
import { verifyMeta, type JsonMap } from 'mkm';
import { encodeBase64 } from 'mkm/extend';
import { withBitFlipped } from '../keys/bytes.ts';
import { outcomeOf } from '../report/outcome.ts';
import { errorForm } from '../report/short-form.ts';
import { firstOf, verdict, type Verdict } from '../report/verdict.ts';
import type { MetaTrial } from './meta-trial.ts';

export async function checkForeignParts(trial: MetaTrial): Promise<void> {
  const { contract, meta, other } = trial;
  const { fingerprint } = meta;
  const map = meta.toMap();
  await contract.rule('address', 'a meta with the key of another does not belong to its IDs', () =>
    isRefused(trial, { ...map, key: other.publicKey.fields }),
  );
  if (fingerprint === undefined || other.fingerprint === undefined) return;
  const foreign = encodeBase64(other.fingerprint);
  await contract.rule(
    'publicKey.verify, address',
    'a meta with the fingerprint of another does not belong to its IDs',
    () => isRefused(trial, { ...map, fingerprint: foreign }),
  );
  for (const [what, bytes] of [
    ['without a byte', fingerprint.subarray(1)],
    ['with one byte more', new Uint8Array([...fingerprint, 0])],
    ['with its first byte changed', withBitFlipped(fingerprint, 0)],
    ['with its last byte changed', withBitFlipped(fingerprint, fingerprint.length - 1)],
    ['of one byte', new Uint8Array(1)],
  ] as const) {
    await contract.rule(
      'publicKey.verify, address',
      `a meta with a fingerprint ${what} does not belong to its IDs`,
      () => isRefused(trial, { ...map, fingerprint: encodeBase64(bytes) }),
    );
  }
}

/** Whether a meta is refused with a DimError, or belongs to no ID: neither those of the first, nor those that it gives itself. */
function isRefused({ context, networks, meta }: MetaTrial, map: JsonMap): Promise<Verdict> {
  return firstOf(networks, async (network) => {
    const outcome = await outcomeOf(async () => {
      const damaged = context.Meta.parse(map);
      const isOfFirst = await verifyMeta(damaged, meta.id(network));
      // With its own fingerprint and another key, it is one of a type without a seed: then it is a meta of that key.
      const isOfItself = meta.fingerprint === undefined ? false : await verifyMeta(damaged, damaged.id(network));
      return isOfFirst !== false || isOfItself !== false;
    });
    const expected = 'a no of verifyMeta, or a DimError';
    if (outcome.ended === 'failed') return { expected, received: errorForm(outcome.error) };
    return verdict(outcome.ended === 'refused' || !outcome.value, expected, `a yes for the network ${network}`);
  });
}
