/** A contract test for authors of transports. It needs dimsdk beside dimp. */
export { checkConnection } from './connection-contract.ts';
export type { ConnectionSamples, OpenedLine, OpenLineOptions } from './connection-trial.ts';
export { CapturedStation, type CapturedPacket } from './captured-station.ts';
export { memoryStreams } from './memory-streams.ts';
export { assertContract, ContractError, type ContractFailure, type ContractReport } from '../report/contract-report.ts';
