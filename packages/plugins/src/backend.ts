/** `dimplugins/backend`: what a backend is, for those who write one. */
export type {
  AesCbcBackend,
  AesCbcOperations,
  Backend,
  RsaBackend,
  RsaPrivateComponents,
  RsaPrivateOperations,
  RsaPublicComponents,
  RsaPublicOperations,
  Secp256k1Backend,
  Secp256k1PrivateOperations,
  Secp256k1PublicOperations,
} from './backend/backend.ts';
export type {
  AuthenticatedCipher,
  Ed25519Backend,
  Ed25519PrivateOperations,
  Ed25519PublicOperations,
  ModernBackend,
  X25519Backend,
  X25519PrivateOperations,
  X25519PublicOperations,
} from './backend/modern-backend.ts';
