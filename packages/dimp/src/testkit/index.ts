/** Contract tests for authors of plugins and stores: they check what the library relies on, and fit any test runner. */
export { checkAddress, type AddressSamples } from './address-contract.ts';
export { checkContent } from './content-contract.ts';
export { assertContract, type ContractFailure, type ContractReport } from './contract-report.ts';
export { checkKeyAlgorithm } from './key-algorithm-contract.ts';
export { checkStore, type StoreSamples } from './store-contract.ts';
