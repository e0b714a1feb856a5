/** What a reader of key maps does with those that are none. */
import type { JsonMap } from 'mkm';
import { copyJsonMap } from 'mkm/extend';
import { damagedMaps } from '../input/hostile-values.ts';
import type { Contract } from '../report/contract.ts';

/** Maps that no algorithm can read as a key. */
const NO_KEYS: readonly object[] = [{}, { data: '' }, { data: 5 }, { data: null }, { data: {} }, { data: '@' }];

/**
 * Reads what is no key, and a key that was damaged.
 * @param sample the map of a key, if there is one
 */
export async function checkKeyMaps(
  contract: Contract,
  algorithm: string,
  name: string,
  read: (fields: JsonMap) => unknown,
  sample: JsonMap | undefined,
): Promise<void> {
  for (const map of NO_KEYS) {
    await contract.onlyDimErrors(
      `${name}.read`,
      `reading ${JSON.stringify(map)} as a ${name} ends with a DimError, if with an error`,
      () => read(copyJsonMap({ algorithm, ...map })),
    );
  }
  for (const { what, field, map } of sample === undefined ? [] : damagedMaps(sample)) {
    // A map is read by the algorithm that it names.
    if (field === 'algorithm') continue;
    await contract.onlyDimErrors(
      `${name}.read`,
      `reading a ${name} ${what} ends with a DimError, if with an error`,
      () => read(copyJsonMap(map)),
    );
  }
  for (const [field, value] of Object.entries(sample ?? {})) {
    if (field === 'algorithm' || typeof value !== 'string') continue;
    await contract.onlyDimErrors(
      `${name}.read`,
      `reading a ${name} with half of its ${field} ends with a DimError, if with an error`,
      () => read(copyJsonMap({ ...sample, [field]: value.slice(0, value.length >> 1) })),
    );
  }
}
