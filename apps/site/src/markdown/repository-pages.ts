/** How pages are read: as the repository's own page reads them, with the same anchors, and with links that lead to the site. */
import type { MarkdownRenderer } from 'vitepress';
import { anchorCodes } from './error-anchors.ts';
import { siteLink, sitePicture } from './links.ts';

type Token = ReturnType<MarkdownRenderer['parse']>[number];

interface Environment {
  readonly frontmatter?: { readonly source?: string };
}

/** The page whose tables explain the codes. */
const ERRORS = 'docs/errors.md';

/** To be given to VitePress as `markdown.config`. Pages of the reference have no source, and are left as they are. */
export function readRepositoryPages(markdown: MarkdownRenderer): void {
  markdown.core.ruler.push('repository-pages', ({ tokens, env }) => {
    const { source } = (env as Environment).frontmatter ?? {};
    if (source === undefined) return;
    for (const token of tokens.flatMap((outer) => outer.children ?? [])) rewrite(token, source);
    if (source === ERRORS) anchorFirstCells(tokens);
  });
}

function rewrite(token: Token, source: string): void {
  if (token.type === 'link_open') token.attrSet('href', siteLink(source, token.attrGet('href') ?? ''));
  if (token.type === 'image') token.attrSet('src', sitePicture(source, token.attrGet('src') ?? ''));
}

function anchorFirstCells(tokens: readonly Token[]): void {
  const taken = new Set<string>();
  for (const [index, { type }] of tokens.entries()) {
    if (type !== 'td_open' || tokens[index - 1]?.type !== 'tr_open') continue;
    anchorCodes(tokens[index + 1]?.children ?? [], taken);
  }
}
