/** A contract test for authors of stores. It needs dimp beside mkm. */
export { checkStore } from './store-contract.ts';
export type { StoreSamples } from './store-trial.ts';
export { assertContract, ContractError, type ContractFailure, type ContractReport } from '../report/contract-report.ts';
