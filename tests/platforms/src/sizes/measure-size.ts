/** Bundles an application for browsers and says how large it is, and what of. */
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

/** The size of a bundle, in bytes. */
export interface Size {
  readonly minified: number;
  readonly gzip: number;
  /** Minified bytes of each package, the largest first. */
  readonly packages: ReadonlyMap<string, number>;
  /** Every file of which something is in the bundle. */
  readonly files: readonly string[];
}

/** Measures a program in `app/sizes`. */
export async function measureSize(application: string, entry: string): Promise<Size> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: application,
    entryPoints: [`app/sizes/${entry}.js`],
    outdir: 'sizes',
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    write: false,
    metafile: true,
    logLevel: 'error',
  });
  const [file] = outputFiles;
  const [output] = Object.values(metafile.outputs);
  if (file === undefined || output === undefined) throw new Error(`nothing came of ${entry}`);
  const used = Object.entries(output.inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  const packages = new Map<string, number>();
  for (const [path, { bytesInOutput }] of used) {
    const name = /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? 'the application';
    packages.set(name, (packages.get(name) ?? 0) + bytesInOutput);
  }
  return {
    minified: file.contents.length,
    gzip: gzipSync(file.contents, { level: 9 }).length,
    packages: new Map([...packages].sort(([, one], [, other]) => other - one)),
    files: used.map(([path]) => path),
  };
}
