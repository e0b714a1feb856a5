/** What a station relies on in its engine. */
import type { Engine } from 'dimstation';
import { Contract } from '../report/contract.ts';
import type { ContractReport } from '../report/contract-report.ts';
import { checkAcknowledging } from './acknowledging.ts';
import { checkCalls } from './calls.ts';
import { checkClosing } from './closing.ts';
import { checkCounts } from './counts.ts';
import { tracked, type EngineSamples, type EngineTrial } from './engine-trial.ts';
import { checkExpiry } from './expiry.ts';
import { checkLimits } from './limits.ts';
import { checkMarks } from './marks.ts';
import { checkNames } from './names.ts';
import { checkOrder } from './order.ts';
import { checkReading } from './reading.ts';
import { checkRecords } from './records.ts';
import { checkRestart } from './restart.ts';
import { checkStrangers } from './strangers.ts';
import { checkTotals } from './totals.ts';

/**
 * Checks an engine for stations, by whatever it does and not by how: run it against each adapter of a database or a broker.
 * The engines that it opened are closed at the end.
 * @returns a report; see `assertContract`
 *
 * @example
 * ```ts
 * import { memoryEngine } from 'dimstation';
 * import { assertContract, checkEngine } from 'dimtestkit/engine';
 *
 * assertContract(await checkEngine({ open: () => memoryEngine() }));
 * ```
 */
export async function checkEngine(samples: EngineSamples): Promise<ContractReport> {
  const contract = new Contract('engine');
  const opened = new Set<Engine>();
  const trial: EngineTrial = { contract, samples: tracked(samples, opened) };
  try {
    await checkOrder(trial);
    await checkMarks(trial);
    await checkLimits(trial);
    await checkStrangers(trial);
    await checkTotals(trial);
    await checkReading(trial);
    await checkAcknowledging(trial);
    await checkExpiry(trial);
    await checkCounts(trial);
    await checkRecords(trial);
    await checkNames(trial);
    await checkCalls(trial);
    await checkRestart(trial);
    await checkClosing(trial);
  } finally {
    // Whether they close is told above.
    for (const engine of opened) await engine.close().catch(() => undefined);
  }
  return contract.report();
}
