/**
 * Error codes, grouped by who can do something about it.
 *
 * - `INPUT_…`: the data from a peer is not what the protocol says.
 * - `UNSUPPORTED_…`: well-formed, but no plugin of this context understands it.
 * - `MISSING_…`: the application does not have something yet; `DimError.missing` lists it. Fetch it and try again.
 * - `NOT_RECIPIENT`: nothing is wrong, but it is not for this user or not for this device.
 * - `CRYPTO_…`: it did not verify or decrypt. One code each and no detail, on purpose.
 * - `USAGE_…`: the calling code is wrong.
 * - `INTERNAL_…`: a fault of this library or of a plugin.
 */
export type ErrorCode =
  /** A value of the wrong type, for example a number where text is needed. */
  | 'INPUT_TYPE'
  /** A required field is absent. */
  | 'INPUT_MISSING'
  /** Text that is not in the form it should have: base64, JSON, an ID, a PEM key. */
  | 'INPUT_FORMAT'
  /** A number outside its range. */
  | 'INPUT_RANGE'
  /** Larger, longer or deeper than the context's limits allow. */
  | 'INPUT_LIMIT'
  /** Two fields that must agree do not: `did` and `ID`, `type` and `T`, … */
  | 'INPUT_CONFLICT'
  /** Well-formed key material that is unfit for use: a weak or inconsistent key. */
  | 'INPUT_KEY'
  /** A message that was read before. */
  | 'INPUT_REPLAY'
  /** A time in the future, further than clocks may differ: it becomes right by waiting. */
  | 'INPUT_TOO_EARLY'
  /** Too long ago to tell whether it was read before: it never becomes right. */
  | 'INPUT_TOO_LATE'
  /** No plugin knows this kind of address. */
  | 'UNSUPPORTED_ADDRESS'
  /** No plugin knows this type of meta. */
  | 'UNSUPPORTED_META'
  /** No plugin knows this key algorithm, or the key cannot do what is asked of it. */
  | 'UNSUPPORTED_ALGORITHM'
  /** The store has no meta for this ID. */
  | 'MISSING_META'
  /** The store has no visa or other key to encrypt to this ID. */
  | 'MISSING_VISA'
  /** The store has no members for this group. */
  | 'MISSING_MEMBERS'
  /** The store has no private key for this ID. */
  | 'MISSING_PRIVATE_KEY'
  /** The message carries no key, and the store has not the one that it was encrypted with. */
  | 'MISSING_MESSAGE_KEY'
  /** The message is for another user, or for other devices of this one. */
  | 'NOT_RECIPIENT'
  /** A signature, or the binding of a key to an ID, does not verify. */
  | 'CRYPTO_VERIFY'
  /** It does not decrypt. */
  | 'CRYPTO_DECRYPT'
  /** An ID that is already known by one meta came with another one. Raise an alarm. */
  | 'CRYPTO_META_CHANGED'
  /** An argument that the calling code passed is wrong. */
  | 'USAGE_ARGUMENT'
  /** Two plugins define the same thing, and the later does not say `replace: true`. */
  | 'USAGE_DUPLICATE'
  /** A plugin threw something else than a `DimError`. */
  | 'INTERNAL_PLUGIN'
  /**
   * The store gave back what it was never told to keep: another ID's meta, a document that its owner did not sign, what
   * cannot be read.
   */
  | 'INTERNAL_STORE'
  /** The platform did not do what it should. */
  | 'INTERNAL_PLATFORM';
