/** Contract tests for authors of key algorithms, addresses, metas and documents. They need mkm, and any test runner. */
export { checkAddress, type AddressSamples } from './addresses/address-contract.ts';
export { checkDocument, type DocumentSamples } from './documents/document-contract.ts';
export { checkKeyAlgorithm } from './keys/key-algorithm-contract.ts';
export { checkMeta } from './metas/meta-contract.ts';
export type { MetaSamples } from './metas/meta-trial.ts';
export { assertContract, ContractError, type ContractFailure, type ContractReport } from './report/contract-report.ts';
