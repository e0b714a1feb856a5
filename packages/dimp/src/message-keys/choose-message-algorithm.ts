/** Which algorithm a message key has: the best one that everybody understands. */

/** The one that every client of the family decrypts. */
const COMMON_ALGORITHM = 'AES';

/**
 * The algorithms of message keys, the best first: authenticated before not; of those the one whose random nonces cannot
 * meet, however long a key is reused.
 */
export const MESSAGE_ALGORITHMS: readonly string[] = ['XSALSA20-POLY1305', 'AES-GCM', COMMON_ALGORITHM];

/**
 * The first algorithm of a list that the sender's plugins have and all receivers name in their visas; else AES, which
 * no visa needs to name.
 *
 * | sender has | receivers name | result |
 * |---|---|---|
 * | AES-GCM | AES-GCM; AES-GCM, XSALSA20-POLY1305 | AES-GCM |
 * | AES-GCM | AES-GCM; nothing | AES |
 * | nothing more | AES-GCM | AES |
 *
 * @param known the algorithms of the sender's context
 * @param receivers what each receiver's visa names
 * @param preferred the best first
 */
export function chooseMessageAlgorithm(
  known: readonly string[],
  receivers: readonly (readonly string[])[],
  preferred: readonly string[] = MESSAGE_ALGORITHMS,
): string {
  const isUnderstood = (algorithm: string) =>
    algorithm === COMMON_ALGORITHM || receivers.every((named) => named.includes(algorithm));
  return preferred.find((algorithm) => known.includes(algorithm) && isUnderstood(algorithm)) ?? COMMON_ALGORITHM;
}
