/** How pages are read: as the repository's own page reads them, with the same anchors, and with links that lead to the site. */
import type { MarkdownRenderer } from 'vitepress';
import { anchorCodes } from './error-anchors.ts';
import { fromRoot, siteLink, sitePicture } from './links.ts';

type Token = ReturnType<MarkdownRenderer['parse']>[number];

interface Environment {
  /** From the folder of all pages. */
  readonly relativePath?: string;
  readonly frontmatter?: { readonly source?: string };
}

/** The page whose tables explain the codes. */
const ERRORS = 'docs/errors.md';

/** To be given to VitePress as `markdown.config`. Pages of the reference are generated, and have no source. */
export function readRepositoryPages(markdown: MarkdownRenderer): void {
  markdown.core.ruler.push('repository-pages', ({ tokens, env }) => {
    const { relativePath = '', frontmatter } = env as Environment;
    const source = frontmatter?.source;
    for (const token of tokens.flatMap((outer) => outer.children ?? [])) rewrite(token, source, relativePath);
    if (source === ERRORS) anchorFirstCells(tokens);
  });
}

function rewrite(token: Token, source: string | undefined, page: string): void {
  if (token.type === 'link_open') {
    const link = token.attrGet('href') ?? '';
    token.attrSet('href', source === undefined ? fromRoot(page, link) : siteLink(source, link));
  }
  if (token.type === 'image' && source !== undefined)
    token.attrSet('src', sitePicture(source, token.attrGet('src') ?? ''));
}

/** Of the tables below the first heading of a part: what stands before it is on whole families. */
function anchorFirstCells(tokens: readonly Token[]): void {
  const taken = new Set<string>();
  const start = tokens.findIndex(({ type, tag }) => type === 'heading_open' && tag === 'h2');
  for (const [index, { type }] of tokens.entries()) {
    if (index < start || type !== 'td_open' || tokens[index - 1]?.type !== 'tr_open') continue;
    anchorCodes(tokens[index + 1]?.children ?? [], taken);
  }
}
