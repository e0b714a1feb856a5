/** Links as they are written in the repository, to files, become links as the site has them. */
import { existsSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { ENTRIES } from '../project/contents.ts';
import { REPOSITORY, ROOT, SITE } from '../project/places.ts';

const ADDRESSES = new Map(ENTRIES.map(({ source, address }) => [source, address]));

/**
 * Where a link of a page leads on the site: to the page of a file, or to the repository where the file is no page. The address of the
 * site, as READMEs have it, is left out, so that VitePress checks what is behind it.
 *
 * @param source the file that has the link, from the root of the repository
 * @throws Error for a file that is not there
 */
export function siteLink(source: string, link: string): string {
  if (link.startsWith(`${SITE}/`)) return link.slice(SITE.length);
  if (/^[a-z]{1,10}:|^[/#]/.test(link)) return link;
  const [path = '', fragment] = link.split('#', 2);
  const file = normalize(join(dirname(source), decodeURI(path))).replace(/\/$/, '');
  const address = ADDRESSES.get(file) ?? ADDRESSES.get(`${file}/README.md`);
  return (address ?? repositoryLink(file, source)) + (fragment === undefined ? '' : `#${fragment}`);
}

/** A link between generated pages, from the root of the site: it leads to the same page whether or not an address ends in a slash. */
export function fromRoot(page: string, link: string): string {
  if (/^[a-z]{1,10}:|^[/#]/.test(link)) return link;
  return `/${normalize(join(dirname(page), link))}`;
}

/** Where a picture of a page is: pictures of the guides are copied with their path. */
export function sitePicture(source: string, link: string): string {
  if (/^[a-z]{1,10}:|^\//.test(link)) return link;
  const file = normalize(join(dirname(source), decodeURI(link)));
  if (!existsSync(join(ROOT, file))) throw new Error(`${source} shows ${link}, which is not there`);
  return `/${file}`;
}

/** The page of a file or folder in the repository. */
function repositoryLink(file: string, source: string): string {
  const path = join(ROOT, file);
  if (file.startsWith('..') || !existsSync(path)) throw new Error(`${source} links to ${file}, which is not there`);
  if (file === '.' || file === '') return REPOSITORY;
  return `${REPOSITORY}/${statSync(path).isDirectory() ? 'tree' : 'blob'}/main/${file}`;
}
