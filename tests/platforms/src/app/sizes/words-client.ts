/** The same with recovery words. */
export * from './sealed-client.ts';
export { createRecoveryWords, readRecoveryWords, userFromWords } from 'dimsdk/words';
