/** Keys that nobody else may see: what is written for others has none of them. Known by what they can do. */

interface Abilities {
  readonly sign?: unknown;
  readonly decrypt?: unknown;
  readonly encryptKey?: unknown;
}

/** Whether a value is a private key: it signs, or decrypts what others encrypt to it. */
export function isPrivateKey(value: Abilities): boolean {
  return typeof value.sign === 'function' || (typeof value.decrypt === 'function' && value.encryptKey !== undefined);
}

/** Whether a value is a key that decrypts or signs: a symmetric one, too, which may travel in what is encrypted. */
export function isSecretKey(value: Abilities): boolean {
  return typeof value.sign === 'function' || typeof value.decrypt === 'function';
}
