/** A package as people can read it: the JSON, with long texts cut. */
export function preview(bytes: Uint8Array, longest = 44): string {
  const cut = (_name: string, value: unknown) =>
    typeof value === 'string' && value.length > longest ? `${value.slice(0, longest)}... (${value.length})` : value;
  return JSON.stringify(JSON.parse(new TextDecoder().decode(bytes), cut), undefined, 2);
}
