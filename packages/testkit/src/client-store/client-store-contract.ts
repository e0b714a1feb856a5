/** What a client relies on in its store: all that is said of stores, and rows. */
import type { ClientStore } from 'dimsdk';
import { Contract } from '../report/contract.ts';
import type { ContractReport } from '../report/contract-report.ts';
import { checkMemory } from '../store/store-contract.ts';
import { createPeople } from '../store/store-trial.ts';
import { tracked, type ClientStoreSamples, type ClientStoreTrial } from './client-store-trial.ts';
import { checkClosing } from './closing.ts';
import { checkConditions } from './conditions.ts';
import { checkExclusive } from './exclusive.ts';
import { checkHandles } from './handles.ts';
import { checkNames } from './names.ts';
import { checkPages } from './pages.ts';
import { checkPartitions } from './partitions.ts';
import { checkRefusals } from './refusals.ts';
import { checkRowCommits } from './row-commits.ts';
import { checkRows } from './rows.ts';
import { checkValues } from './values.ts';

/**
 * Checks a store for clients, by whatever it does and not by how: run it against each adapter of a database. All of the
 * rules of `checkStore` are among its own. The stores that it opened are closed at the end.
 * @returns a report; see `assertContract`
 *
 * @example
 * ```ts
 * import { createDim } from 'dimp';
 * import { MemoryClientStore } from 'dimsdk';
 * import { assertContract, checkClientStore } from 'dimtestkit/client-store';
 * import { standardPlugin } from 'dimplugins';
 *
 * const dim = createDim({ plugins: [standardPlugin()] });
 * assertContract(await checkClientStore({ dim, open: () => new MemoryClientStore() }));
 * ```
 */
export async function checkClientStore(samples: ClientStoreSamples): Promise<ContractReport> {
  const contract = new Contract('client store');
  const opened = new Set<ClientStore>();
  const trial: ClientStoreTrial = {
    contract,
    samples: tracked(samples, opened),
    people: await createPeople(samples.dim, contract),
  };
  try {
    await checkMemory(trial);
    await checkRows(trial);
    await checkNames(trial);
    await checkValues(trial);
    await checkPages(trial);
    await checkPartitions(trial);
    await checkRowCommits(trial);
    await checkConditions(trial);
    await checkRefusals(trial);
    await checkExclusive(trial);
    await checkHandles(trial);
    await checkClosing(trial);
  } finally {
    // Whether they close is told above.
    for (const store of opened) await Promise.resolve(store.close()).catch(() => undefined);
  }
  return contract.report();
}
