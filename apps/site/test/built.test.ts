/** The finished site, as a server of files gives it: every link and every anchor leads somewhere. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { LinkChecker, LinkState } from 'linkinator';
import { POLICY } from '../src/build/outside-scripts.ts';
import { BUILT, ROOT } from '../src/project/places.ts';
import { serveSite, type SiteServer } from '../src/serve/server.ts';

let server: SiteServer;
before(async () => {
  assert.ok(existsSync(join(BUILT, 'index.html')), 'the site is not built: npm run site');
  server = await serveSite();
});
after(async () => server.close());

test('every link within the site leads somewhere, with its anchor', async () => {
  const { links } = await new LinkChecker().check({
    path: server.url,
    recurse: true,
    checkFragments: true,
    cleanUrls: true,
    concurrency: 20,
    // Nothing leaves this machine.
    linksToSkip: async (link) => !link.startsWith(server.url),
  });
  const pages = links.filter(({ state, url }) => state === LinkState.OK && url.startsWith(`${server.url}api/`));
  assert.ok(pages.length > 500, `${pages.length} pages of the reference were found`);
  assert.deepEqual(
    links
      .filter(({ state }) => state === LinkState.BROKEN)
      .map(({ url, parent, status }) => `${url} of ${parent}: ${status}`),
    [],
  );
});

test('every page has its heading, and the policy, and no script within it', () => {
  const pages = readdirSync(BUILT, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.html'));
  const wrong = pages.filter((name) => {
    const html = readFileSync(join(BUILT, name), 'utf8');
    // The page for what is not found is filled in by its script.
    const isWhole = name === '404.html' || /<h1[ >]/.test(html);
    return !isWhole || !html.includes(POLICY) || /<script(?! [^>]{0,200}src=)/.test(html);
  });
  assert.deepEqual(wrong, []);
});

test('every code of an error is an anchor of the page on errors', () => {
  const source = readFileSync(join(ROOT, 'packages/mkm/src/errors/error-codes.ts'), 'utf8');
  const codes = [...source.matchAll(/^ {2}\| '([A-Z_]{3,40})'/gm)].map(([, code]) => code ?? '');
  const html = readFileSync(join(BUILT, 'errors.html'), 'utf8');
  assert.ok(codes.length > 30);
  assert.deepEqual(
    codes.filter((code) => !html.includes(`id="${code}"`)),
    [],
  );
});
