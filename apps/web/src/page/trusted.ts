/**
 * What the Content-Security-Policy lets scripts be made from: files of this page alone. Workers and the service worker are
 * asked for by their address; no text becomes markup or a script.
 */
interface PolicyFactory {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): unknown;
}

/** Before any worker is made. Browsers without trusted types do without. */
export function trustOwnFiles(): void {
  const factory = (globalThis as { readonly trustedTypes?: PolicyFactory }).trustedTypes;
  factory?.createPolicy('default', {
    createScriptURL: (url) => ownFile(url, document.baseURI, import.meta.env.DEV),
  });
}

/** @throws TypeError for an address that is not below that of the page */
export function ownFile(url: string, page: string, isInDevelopment = false): string {
  const folder = new URL('./', page);
  const { href } = new URL(url, page);
  // In development, files of libraries are beside the page.
  if (href.startsWith(isInDevelopment ? `${folder.origin}/` : folder.href)) return href;
  throw new TypeError('scripts are files of this page');
}
