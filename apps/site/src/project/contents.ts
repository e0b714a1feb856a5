/**
 * The table of contents: what is on the site, where, and in which order. A page that is not here is an error of the build, so
 * that none is lost. Addresses are stable: one that was published stays, also when its file moves.
 */

/** A page, as it is named here. Its title is its first heading. */
export interface Entry {
  /** Without a slash at the end, but for the first page of a folder: `/errors`, `/guide/`. */
  readonly address: string;
  /** The file, from the root of the repository. */
  readonly source: string;
}

/** What the sidebar shows under one heading. */
export interface Chapter {
  readonly title: string;
  readonly entries: readonly Entry[];
}

/** A page that only the site has: it is in the folder `pages`, under its address. */
function page(address: string): Entry {
  return { address, source: `apps/site/pages${address.endsWith('/') ? `${address}index` : address}.md` };
}

/** A file that is read on the repository's page too. */
function from(source: string, address: string): Entry {
  return { address, source };
}

/** The first page, and what the sidebar does not show. */
export const ALONE: readonly Entry[] = [page('/'), page('/playground')];

export const CHAPTERS: readonly Chapter[] = [
  { title: 'Start', entries: [page('/start')] },
  { title: 'Concepts', entries: [page('/concepts/'), from('docs/architecture.md', '/concepts/architecture')] },
  {
    title: 'Guides',
    entries: [
      page('/guide/'),
      from('docs/delivery.md', '/guide/delivery'),
      from('docs/stores.md', '/guide/stores'),
      from('docs/keys-at-rest.md', '/guide/keys-at-rest'),
      from('docs/devices.md', '/guide/devices'),
      from('docs/groups.md', '/guide/groups'),
      from('docs/files.md', '/guide/files'),
      from('docs/extensions.md', '/guide/extensions'),
      from('docs/cli.md', '/guide/cli'),
      from('docs/web.md', '/guide/web'),
      from('docs/station.md', '/guide/station'),
    ],
  },
  {
    title: 'Porting',
    entries: [
      from('docs/porting.md', '/porting/'),
      from('docs/porting/python.md', '/porting/python'),
      from('docs/porting/javascript.md', '/porting/javascript'),
      from('docs/porting/java.md', '/porting/java'),
      from('docs/porting/dart.md', '/porting/dart'),
    ],
  },
  {
    title: 'Wire',
    entries: [
      page('/wire/'),
      from('docs/wire-fields.md', '/wire/fields'),
      from('docs/envelope-proof.md', '/wire/envelope-proof'),
      from('docs/modern-keys.md', '/wire/modern-keys'),
    ],
  },
  {
    title: 'What holds',
    entries: [
      from('docs/errors.md', '/errors'),
      from('docs/security.md', '/security'),
      from('SECURITY.md', '/reporting'),
      from('docs/interop.md', '/interop'),
      from('docs/platforms.md', '/platforms'),
      from('docs/performance.md', '/performance'),
    ],
  },
  {
    title: 'Packages',
    entries: [
      from('packages/mkm/README.md', '/packages/mkm'),
      from('packages/dkd/README.md', '/packages/dkd'),
      from('packages/dimp/README.md', '/packages/dimp'),
      from('packages/plugins/README.md', '/packages/dimplugins'),
      from('packages/sdk/README.md', '/packages/dimsdk'),
      from('packages/station/README.md', '/packages/dimstation'),
      from('packages/testkit/README.md', '/packages/dimtestkit'),
      from('apps/cli/README.md', '/packages/dim-cli'),
      from('apps/web/README.md', '/packages/dim-web'),
    ],
  },
];

/** Every page, but those that are generated. */
export const ENTRIES: readonly Entry[] = [...ALONE, ...CHAPTERS.flatMap(({ entries }) => entries)];

/** What is above every page. `within` says for which addresses it is the current one. */
export const NAVIGATION: readonly { readonly text: string; readonly link: string; readonly within?: string }[] = [
  { text: 'Start', link: '/start' },
  { text: 'Concepts', link: '/concepts/', within: '/concepts/' },
  { text: 'Guides', link: '/guide/', within: '/guide/' },
  { text: 'Porting', link: '/porting/', within: '/porting/' },
  { text: 'Wire', link: '/wire/', within: '/wire/' },
  { text: 'Errors', link: '/errors' },
  { text: 'Security', link: '/security' },
  { text: 'API', link: '/api/', within: '/api/' },
  { text: 'Playground', link: '/playground' },
];
