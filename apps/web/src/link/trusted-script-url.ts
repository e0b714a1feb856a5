/**
 * The CSP of the page takes no text for the address of a script. This is the one place that says which are: those of files that were built
 * with it.
 */

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): URL };
}

let policy: ReturnType<TrustedTypes['createPolicy']> | undefined;

/** @throws TypeError for an address of another origin */
export function trustedScriptUrl(url: string): URL {
  const { trustedTypes } = globalThis as { readonly trustedTypes?: TrustedTypes };
  policy ??= trustedTypes?.createPolicy('dim-web', { createScriptURL: ownUrl });
  return policy === undefined ? new URL(ownUrl(url)) : policy.createScriptURL(url);
}

function ownUrl(url: string): string {
  const { origin, href } = new URL(url, location.href);
  if (origin !== location.origin) throw new TypeError('a script comes from the origin of the page');
  return href;
}
