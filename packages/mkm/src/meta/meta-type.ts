/** The types of metas: the code on the wire and its name. */

/** The meta types of the protocol. `3` and `5` (BTC and ETH with a name) are reserved. */
export const MetaType = {
  /** BTC-style address over the fingerprint, which signs the name. */
  MKM: '1',
  /** BTC-style address over the public key; no name. */
  BTC: '2',
  /** ETH-style address over the public key; no name. */
  ETH: '4',
} as const;
