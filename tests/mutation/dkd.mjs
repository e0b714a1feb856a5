import { mutate } from './mutate.mjs';

export default mutate('dkd', [
  'operations/*.ts',
  'messages/{envelope-proof,secure-message,reliable-message}.ts',
  'replay/*.ts',
]);
