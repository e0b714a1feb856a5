/** What is wrong with a certificate and its key, for whoever has given them. */
import { createPrivateKey, X509Certificate } from 'node:crypto';

/** A fault, as it goes on after the name of what has it. */
export interface CertificateFault {
  readonly of: 'key' | 'cert';
  readonly reason: string;
  readonly cause?: unknown;
  /** Whether both can be read, and do not belong together. */
  readonly isOfAnother?: boolean;
}

/** The first fault of a pair; undefined where both are what they should be, and belong together. */
export function certificateFault({ key, cert }: { key: string; cert: string }): CertificateFault | undefined {
  let leaf: X509Certificate;
  try {
    leaf = new X509Certificate(cert);
  } catch (cause) {
    return { of: 'cert', reason: 'has no certificate in PEM', cause };
  }
  let privateKey: ReturnType<typeof createPrivateKey>;
  try {
    privateKey = createPrivateKey(key);
  } catch (cause) {
    // Both forms of PEM say so in clear; what Node says of them differs from version to version.
    if (key.includes('ENCRYPTED'))
      return { of: 'key', reason: 'is encrypted, which is not supported: it must be without a passphrase', cause };
    return { of: 'key', reason: 'has no private key in PEM', cause };
  }
  // Those between it and an authority stand behind it.
  if (!leaf.checkPrivateKey(privateKey))
    return { of: 'key', reason: 'does not belong to the first certificate', isOfAnother: true };
  return undefined;
}
