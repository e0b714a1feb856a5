/** All that plugins define of this layer. */
import type { DigestDefinition } from '../digests/digest-definition.ts';
import type { DocumentDefinition } from '../documents/document-definition.ts';
import type { AddressDefinition } from '../identity/address-definition.ts';
import type { KeyAlgorithmDefinition } from '../keys/key-algorithm-definition.ts';
import type { MetaDefinition } from '../meta/meta-definition.ts';

/** Anything that this layer's plugins define. */
export type IdentityDefinition =
  | AddressDefinition
  | MetaDefinition
  | DocumentDefinition
  | KeyAlgorithmDefinition
  | DigestDefinition;
