/**
 * Error codes, grouped by who can do something about it.
 *
 * - `INPUT_…`: the data from a peer is not what the protocol says.
 * - `UNSUPPORTED_…`: well-formed, but no plugin of this context understands it.
 * - `MISSING_…`: the application does not have something yet; `DimError.missing` lists it. Fetch it and try again.
 * - `NOT_RECIPIENT`: nothing is wrong, but it is not for this user or not for this device.
 * - `CRYPTO_…`: it did not verify or decrypt. One code each and no detail, on purpose.
 * - `STORE_…`, `VAULT_…`, `CONNECTION_…`, `DELIVERY_…`, `FILE_…`: of upper layers. The disk, the passphrase, the network or a
 *   file service did not do what it should; nothing of the call was kept.
 * - `GROUP_DENIED`: the user is not allowed to; nothing was sent.
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
  /** There is no room on the disk, or in the quota. Nothing of the commit was kept. */
  | 'STORE_FULL'
  /** A row is there that should not be, or is not there that should be: somebody else was faster. */
  | 'STORE_CONFLICT'
  /** The data were written by a later version of this library. */
  | 'STORE_VERSION'
  /** The store was closed. */
  | 'STORE_CLOSED'
  /** Any other failure of a database; the cause has it. */
  | 'STORE_FAILED'
  /** The passphrase is not the one, or what it opens was changed. */
  | 'VAULT_PASSPHRASE'
  /** No connection could be made. */
  | 'CONNECTION_FAILED'
  /** The connection ended before it was known whether the other side has what was sent. */
  | 'CONNECTION_LOST'
  /** It could not be sent within the time after which receivers take it for too old. */
  | 'DELIVERY_EXPIRED'
  /** The one who sent it took it back before it went out. */
  | 'DELIVERY_CANCELLED'
  /** As much waits for its receiver at the station as that keeps for one, and it was not taken. Once some of it is fetched, another try may do. */
  | 'DELIVERY_FULL'
  /** The station will not take it. No other try of the same helps. */
  | 'DELIVERY_REFUSED'
  /** A file service failed, or did not answer: another try may do. */
  | 'FILE_TRANSFER'
  /** A file service will not take a file, or give it: too large, of a kind that it does not take, gone. No other try helps. */
  | 'FILE_REFUSED'
  /** A file is not the one that was meant: its size, digest or key is another. */
  | 'FILE_DAMAGED'
  /** The rules of a group do not let this user do it, now: offices and members change. */
  | 'GROUP_DENIED'
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
