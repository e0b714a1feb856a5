/** What a door exports that is described at another one. */

const REFERENCE = /^### [^\n]{1,100}\n\nRe-exports (\[[^\]\n]{1,100}\]\([^)\n]{1,200}\))\n(?:\n\*\*\*\n\n)?/gm;

/** A page with a list in place of a heading for each name. */
export function listReferences(page: string): string {
  return page
    .replace(/^## References$/m, '## Described elsewhere')
    .replaceAll(REFERENCE, (_, link: string) => `- ${link}\n`);
}
