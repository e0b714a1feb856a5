/** An address: the part of an ID that is computed from a key. */

/** An address, as the plugin of its kind read or computed it. */
export class Address {
  /** The text, as it was written. */
  readonly text: string;
  /** The kind, by the name of its definition: `BTC`, `ETH`, `broadcast`. */
  readonly kind: string;
  /** The network byte, from which a meta computes the same address again. */
  readonly network: number;
  /** The entity type; other than {@link Address.network} only where legacy bytes are mapped. */
  readonly type: number;
  /** One spelling for each address, where a kind of address has several: what equality compares. */
  readonly canonical: string;

  constructor(init: {
    readonly text: string;
    readonly kind: string;
    readonly network: number;
    readonly type?: number;
    readonly canonical?: string;
  }) {
    this.text = init.text;
    this.kind = init.kind;
    this.network = init.network;
    this.type = init.type ?? init.network;
    this.canonical = init.canonical ?? init.text;
    Object.freeze(this);
  }

  /** What it is to another copy of this package. */
  protected get '@dim'(): string {
    return 'mkm.Address';
  }

  /** Whether both are one address, however written. */
  equals(other: Address): boolean {
    return this.canonical === other.canonical;
  }

  toString(): string {
    return this.text;
  }

  toJSON(): string {
    return this.text;
  }
}
