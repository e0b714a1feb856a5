/** Bundles programs of the application for pages, as an application does: esbuild with its defaults for browsers. */
import { build, type Metafile } from 'esbuild';

/** Bundles `app/<name>.js` into `pages/<name>.js`. */
export async function bundleForPage(application: string, names: readonly string[]): Promise<Metafile> {
  const { metafile } = await build({
    absWorkingDir: application,
    entryPoints: names.map((name) => `app/${name}.js`),
    outdir: 'pages',
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    alias: { 'node:assert/strict': `${application}/app/assert-in-page.js` },
    // The assertions of the suites are the test's, not the application's.
    nodePaths: [new URL('../../node_modules', import.meta.url).pathname],
    metafile: true,
    logLevel: 'error',
  });
  return metafile;
}
