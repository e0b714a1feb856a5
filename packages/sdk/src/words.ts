/** `dimsdk/words`: recovery words. Apart from the rest, as their list and BIP-32 are a third of what there is to load. */
export { createRecoveryWords, readRecoveryWords, userFromWords, type WordsOptions } from './identity/recovery-words.ts';
