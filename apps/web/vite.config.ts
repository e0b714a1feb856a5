/** The page, its worker and its service worker, as static files that work below any path. */
import { readFileSync } from 'node:fs';
import { defineConfig, type Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { licensesOf } from '../../tools/licenses.mjs';

/** What the page says of itself: its own version, and that of the library it is built on. */
const VERSIONS = Object.fromEntries(
  ['./package.json', './node_modules/dimsdk/package.json'].map((path) => {
    const text = readFileSync(new URL(path, import.meta.url), 'utf8');
    const { name, version } = JSON.parse(text) as { readonly name: string; readonly version: string };
    return [name, version];
  }),
);

/** What is in the page and in its worker, which is bundled by itself, and before it. */
const modules = new Set<string>();
const collectModules: Plugin = {
  name: 'collect-modules',
  generateBundle(_, bundle) {
    for (const part of Object.values(bundle))
      if (part.type === 'chunk') for (const id of part.moduleIds) if (!id.startsWith('\0')) modules.add(id);
  },
};
const writeLicenses: Plugin = {
  name: 'write-licenses',
  apply: 'build',
  generateBundle() {
    // The service worker is made of Workbox too, when all this is done; its parts have one license.
    this.emitFile({ type: 'asset', fileName: 'LICENSES.txt', source: licensesOf(modules) });
  },
};

export default defineConfig({
  define: { DIM_VERSIONS: VERSIONS },
  base: './',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  resolve: {
    conditions: ['@dim/source', 'module', 'browser', 'import', 'default'],
    alias: { react: 'preact/compat', 'react-dom': 'preact/compat', 'react/jsx-runtime': 'preact/jsx-runtime' },
  },
  build: {
    outDir: 'dist/page',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  worker: { format: 'es', plugins: () => [collectModules] },
  plugins: [
    collectModules,
    writeLicenses,
    VitePWA({
      // The page says that there is another version, and the person chooses when.
      registerType: 'prompt',
      injectRegister: false,
      manifest: {
        name: 'DIM',
        short_name: 'DIM',
        description: 'Encrypted messages between people who hold their own identities.',
        display: 'standalone',
        start_url: './',
        theme_color: '#1b5b5f',
        background_color: '#f6f4ef',
        // See `tools/draw-icons.mjs`.
        icons: [
          { src: 'icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
          { src: 'icon-192.png', sizes: '192x192', type: 'image/png', purpose: 'any' },
          { src: 'icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
          { src: 'icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        ],
      },
      // In one file: the policy of the page lets no text be the address of a script.
      workbox: { globPatterns: ['**/*.{js,css,html,svg}'], inlineWorkboxRuntime: true },
    }),
  ],
});
