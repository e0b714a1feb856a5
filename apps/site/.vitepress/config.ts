/** How VitePress makes the site of the pages that were collected. */
import { slug } from 'github-slugger';
import { defineConfig } from 'vitepress';
import { OutsideScripts, POLICY } from '../src/build/outside-scripts.ts';
import { sidebar } from '../src/build/sidebar.ts';
import { NAVIGATION } from '../src/project/contents.ts';
import { readRepositoryPages } from '../src/markdown/repository-pages.ts';
import { BASE, REPOSITORY } from '../src/project/places.ts';

const scripts = new OutsideScripts();

export default defineConfig({
  title: 'DIM for TypeScript',
  description: 'Identities that nobody can take away, and messages that only their receiver can read.',
  lang: 'en-US',
  base: BASE,
  srcDir: '.cache/pages',
  outDir: 'dist/site',
  cacheDir: '.cache/vitepress',
  cleanUrls: true,
  // What all pages know stands in a file, and not in each of them.
  metaChunk: true,
  head: [
    ['link', { rel: 'icon', type: 'image/svg+xml', href: `${BASE}icon.svg` }],
    ['meta', { name: 'theme-color', content: '#1b5b5f' }],
  ],
  transformPageData: (page) => {
    const { source } = page.frontmatter as { readonly source?: string };
    if (source === undefined) page.frontmatter['editLink'] = false;
    else page.filePath = source;
  },
  transformHead: () => [['meta', { 'http-equiv': 'Content-Security-Policy', content: POLICY }]],
  transformHtml: (html) => scripts.takeOut(html),
  buildEnd: ({ outDir }) => scripts.write(outDir),
  markdown: {
    // As the page of the repository has them.
    anchor: { slugify: (text) => slug(text) },
    // The theme's own colors are too pale on paper.
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    languageAlias: { caddyfile: 'nginx' },
    config: readRepositoryPages,
  },
  themeConfig: {
    logo: '/icon.svg',
    siteTitle: 'DIM',
    nav: NAVIGATION.map(({ text, link, within }) => ({ text, link, ...(within && { activeMatch: `^${within}` }) })),
    sidebar: sidebar(),
    outline: { level: [2, 3] },
    search: { provider: 'local' },
    // The theme is written into the pages as text: a function here would need `eval` there.
    editLink: { pattern: `${REPOSITORY}/blob/main/:path`, text: 'This page in the repository' },
  },
});
