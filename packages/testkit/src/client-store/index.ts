/** A contract test for authors of stores for clients. It needs dimsdk beside dimp. */
export { checkClientStore } from './client-store-contract.ts';
export type { ClientStoreSamples } from './client-store-trial.ts';
export { assertContract, ContractError, type ContractFailure, type ContractReport } from '../report/contract-report.ts';
