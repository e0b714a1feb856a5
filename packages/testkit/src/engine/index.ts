/** A contract test for authors of engines for stations. It needs dimstation beside dimp. */
export { checkEngine } from './engine-contract.ts';
export type { EngineSamples } from './engine-trial.ts';
export { assertContract, ContractError, type ContractFailure, type ContractReport } from '../report/contract-report.ts';
