/** Maps that are no metas of the type: damaged ones, those with keys that it refuses, and with a seed too many or too few. */
import type { ErrorCode, JsonMap } from 'mkm';
import { changeFields, mapOf } from 'mkm/extend';
import { damagedMaps, hasPath, readEverything } from '../input/hostile-values.ts';
import { outcomeOf } from '../report/outcome.ts';
import { errorForm } from '../report/short-form.ts';
import { verdict, type Verdict } from '../report/verdict.ts';
import { newKey, seedOf, type MetaTrial } from './meta-trial.ts';

export async function checkMetaMaps(trial: MetaTrial): Promise<void> {
  const { contract, context, definition, samples, networks, meta } = trial;
  await checkSeed(trial);
  const read = (map: JsonMap) => async () => {
    const damaged = context.Meta.parse(map);
    // What is asked later is about a key, and has no place in the map.
    const outcome = await outcomeOf(async () => {
      readEverything(damaged);
      await damaged.verify();
      for (const network of networks.slice(0, 1)) damaged.id(network);
    });
    if (outcome.ended === 'failed') throw outcome.error;
  };
  for (const { what, map } of damagedMaps(meta.fields)) {
    await contract.onlyDimErrors(
      'checkKey, address',
      `a meta ${what} ends with a DimError and its path, if with an error`,
      read(map),
      hasPath,
    );
  }
  for (const { what, map } of damagedMaps(mapOf(meta.fields, 'key'))) {
    await contract.onlyDimErrors(
      'checkKey, address',
      `a meta whose key is ${what} ends with a DimError and its path, if with an error`,
      read(changeFields(meta.fields, { key: map })),
      hasPath,
    );
  }
  for (const algorithm of samples.refusedAlgorithms ?? []) {
    const key = await contract.obtain('the samples', `a plugin generates private keys of ${algorithm}`, () =>
      newKey(contract, context, algorithm),
    );
    if (key === undefined) continue;
    await contract.rule('checkKey', `no meta is made of a key of ${algorithm}: it is INPUT_KEY`, () =>
      isRefusedWith('INPUT_KEY', () =>
        context.Meta.generate({ type: definition.type, privateKey: key, ...seedOf(definition) }),
      ),
    );
    await contract.rule('checkKey', `no meta with a key of ${algorithm} is read: it is INPUT_KEY`, () =>
      isRefusedWith('INPUT_KEY', () => context.Meta.parse({ ...meta.toMap(), key: key.publicKey.fields })),
    );
  }
}

async function checkSeed({ contract, context, definition, meta }: MetaTrial): Promise<void> {
  const map = meta.fields;
  for (const name of ['seed', 'fingerprint']) {
    const isRequired = definition.seed === 'required';
    const changed = changeFields(map, { [name]: isRequired ? undefined : 'AAAA' });
    await contract.rule('seed', `a meta whose ${name} is not as the definition says is refused`, () =>
      isRefusedWith(isRequired ? 'INPUT_MISSING' : 'INPUT_CONFLICT', () => context.Meta.parse(changed)),
    );
  }
}

/** Whether an action ends with a DimError of a code. */
async function isRefusedWith(code: ErrorCode, action: () => unknown): Promise<Verdict> {
  const outcome = await outcomeOf(action);
  const expected = `a DimError ${code}`;
  if (outcome.ended === 'given') return { expected, received: 'a meta' };
  const isRight = outcome.ended === 'refused' && outcome.error.code === code;
  return verdict(isRight, expected, errorForm(outcome.error));
}
