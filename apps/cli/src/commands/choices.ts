/** What options take that take one of a few words: for the tab key. The commands themselves check what they get. */
const FORMS = ['map', 'jwk', 'pem', 'der', 'pkcs1', 'pkcs8', 'sec1', 'spki', 'hex', 'hex-compressed', 'base64'];

/** By the name of the option, which means the same in each command. */
export const CHOICES: Readonly<Record<string, readonly string[]>> = {
  algorithm: ['ECC', 'RSA', 'AES', 'ED25519', 'X25519', 'AES-GCM', 'XSALSA20-POLY1305'],
  form: FORMS,
  kind: ['file', 'image', 'audio', 'video'],
  part: ['private', 'public'],
  to: FORMS,
  type: ['user', 'bot', 'station'],
  wait: ['queued', 'sent', 'delivered'],
};
