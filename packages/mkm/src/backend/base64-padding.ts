/** How many characters of padding a text of base64 ends with: 0, 1 or 2. */
export function paddingOf(text: string): number {
  if (text.endsWith('==')) return 2;
  return text.endsWith('=') ? 1 : 0;
}
