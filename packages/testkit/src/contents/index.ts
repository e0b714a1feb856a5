/** A contract test for authors of contents and commands. It needs dkd beside mkm. */
export { checkContent } from './content-contract.ts';
export { assertContract, ContractError, type ContractFailure, type ContractReport } from '../report/contract-report.ts';
