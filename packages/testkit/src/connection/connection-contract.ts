/** What the library relies on in a connection: that it says what arrived, and nothing else, and that it ends. */
import type { ContractReport } from '../report/contract-report.ts';
import { Contract } from '../report/contract.ts';
import { checkAcknowledgements } from './acknowledgements.ts';
import { checkConnecting } from './connecting.ts';
import { ConnectionTrial, type ConnectionSamples } from './connection-trial.ts';
import { checkEndings } from './endings.ts';
import { checkFloods } from './floods.ts';
import { checkCuts, checkPieces } from './lines.ts';
import { checkPayloads } from './payloads.ts';
import { checkSilence } from './silence.ts';
import { checkViolations } from './violations.ts';

/**
 * Checks a transport, by what goes over the line and what comes out of it: in order, in pieces, cut off after every byte, with
 * another side that is silent, floods, or says what nobody should.
 * @returns a report; see `assertContract`
 *
 * @example
 * ```ts
 * import { MtpConnection } from 'dimsdk/extend';
 * import { assertContract, checkConnection, memoryStreams } from 'dimtestkit/connection';
 *
 * const limits = { payloadBytes: 70_000 };
 * assertContract(
 *   await checkConnection({
 *     name: 'MTP in memory',
 *     framing: 'mtp',
 *     payloadBytes: limits.payloadBytes,
 *     open: ({ clock, signal }) => {
 *       const [here, there] = memoryStreams('memory://station');
 *       const connect = async () => {
 *         signal.throwIfAborted();
 *         return new MtpConnection(here, { clock, limits });
 *       };
 *       return { connection: connect(), line: Promise.resolve(there) };
 *     },
 *   }),
 * );
 * ```
 */
export async function checkConnection(samples: ConnectionSamples): Promise<ContractReport> {
  const contract = new Contract(`transport ${samples.name}`);
  const trial = new ConnectionTrial(contract, samples);
  await checkConnecting(trial);
  await checkPayloads(trial);
  await checkAcknowledgements(trial);
  await checkEndings(trial);
  await checkSilence(trial);
  await checkPieces(trial);
  await checkCuts(trial);
  await checkViolations(trial);
  await checkFloods(trial);
  return contract.report();
}
