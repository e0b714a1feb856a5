/** Addresses that a person types: encrypted on the way, unless they are of this machine. */

/** An address that can be used; undefined where it is none. */
export function addressIn(typed: string, secure: 'wss:' | 'https:'): string | undefined {
  let url: URL;
  try {
    url = new URL(typed.trim());
  } catch {
    return undefined;
  }
  const plain = secure === 'wss:' ? 'ws:' : 'http:';
  if (url.username !== '' || url.password !== '' || url.hostname === '') return undefined;
  if (url.protocol === secure || (url.protocol === plain && isThisMachine(url.hostname))) return typed.trim();
  return undefined;
}

function isThisMachine(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
