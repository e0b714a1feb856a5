/** What the library relies on in a store: that it keeps what it was told, all of it or nothing, and gives it back. */
import { Contract } from '../report/contract.ts';
import type { ContractReport } from '../report/contract-report.ts';
import { checkAtomicity } from './atomicity.ts';
import { checkForgetting } from './forgetting.ts';
import { checkIdentities } from './identities.ts';
import { checkMessageKeys } from './message-keys.ts';
import { checkReadMarks } from './read-marks.ts';
import { createPeople, type StoreSamples, type StoreTrial } from './store-trial.ts';

/**
 * Checks a store, by whatever it does and not by how: run it against each adapter of a database.
 * @returns a report; see `assertContract`
 *
 * @example
 * ```ts
 * import { createDim, MemoryStore } from 'dimp';
 * import { assertContract, checkStore } from 'dimtestkit/store';
 * import { standardPlugin } from 'dimplugins';
 *
 * const dim = createDim({ plugins: [standardPlugin()] });
 * assertContract(await checkStore({ dim, open: () => new MemoryStore() }));
 * ```
 */
export async function checkStore(samples: StoreSamples): Promise<ContractReport> {
  const contract = new Contract('store');
  await checkMemory({ contract, samples, people: await createPeople(samples.dim, contract) });
  return contract.report();
}

/** The rules of all stores: those for clients have more. */
export async function checkMemory(trial: StoreTrial): Promise<void> {
  await checkIdentities(trial);
  await checkMessageKeys(trial);
  await checkReadMarks(trial);
  await checkAtomicity(trial);
  await checkForgetting(trial);
}
