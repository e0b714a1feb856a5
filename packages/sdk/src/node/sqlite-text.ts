/**
 * Text as bytes that SQLite compares as JavaScript does: in the order of code units, any text, letter by letter.
 *
 * As text, it would compare code points, cut what comes after a zero, and take all lone surrogates for one. In these bytes each
 * code unit is written as UTF-8 writes it (which is called CESU-8): they are UTF-8 but for surrogates.
 */
const SURROGATE = /[\ud800-\udfff]/;

/** The bytes of a text. */
export function textBytes(text: string): Uint8Array {
  if (!SURROGATE.test(text)) return Buffer.from(text, 'utf8');
  const parts = text.split('').map((unit) => {
    const code = unit.charCodeAt(0);
    if (!SURROGATE.test(unit)) return Buffer.from(unit, 'utf8');
    return Buffer.of(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f));
  });
  return Buffer.concat(parts);
}

/** The text that {@link textBytes} was given. */
export function textOfBytes(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let text = '';
  let start = 0;
  // What begins a surrogate; what begins another letter with this byte has a smaller one behind it.
  for (let at = buffer.indexOf(0xed); at !== -1; at = buffer.indexOf(0xed, at + 1)) {
    const [second = 0, third = 0] = buffer.subarray(at + 1, at + 3);
    if (second < 0xa0) continue;
    text += buffer.toString('utf8', start, at);
    text += String.fromCharCode(0xd000 | ((second & 0x3f) << 6) | (third & 0x3f));
    start = at + 3;
  }
  return text + buffer.toString('utf8', start);
}
