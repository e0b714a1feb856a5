/** Other people's bundlers: what they make of the README's fifteen lines runs, and says what it shall. */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { CACHE } from '../paths.ts';
import type { Report } from '../report.ts';
import { runCommand } from '../run-command.ts';
import { copyOf } from '../tarballs/application.ts';
import { installOnce } from '../tarballs/install.ts';
import { ANSWER, fifteenLines } from './fifteen-lines.ts';

const FOLDER = `${CACHE}/bundlers`;
const PACKAGES = [
  'esbuild@0.28.2',
  'vite@8.3.8',
  'webpack@5.113.0',
  'metro@0.87.1',
  '@react-native/babel-preset@0.87.0',
  '@babel/core@7.28.5',
  '@babel/plugin-transform-class-static-block@7.28.3',
];

/** In seconds: what hangs is ended. */
const PATIENCE = 180;

/** Each is a program that runs beside the bundler, in its first argument's folder: `in.js` becomes `out.js`. */
const ESBUILD = (platform: string) => `
  import { build } from 'esbuild';
  const [project] = process.argv.slice(2);
  await build({ entryPoints: [project + '/in.js'], outfile: project + '/out.js', bundle: true, format: 'esm',
    target: 'es2022', platform: '${platform}', logLevel: 'error' });
`;

const VITE = `
  import { build } from 'vite';
  const [project] = process.argv.slice(2);
  await build({ root: project, configFile: false, logLevel: 'error', build: { target: 'es2022', outDir: project, emptyOutDir: false,
    lib: { entry: project + '/in.js', formats: ['es'], fileName: () => 'out.js' } } });
`;

const WEBPACK = (target: string) => `
  import webpack from 'webpack';
  const [project] = process.argv.slice(2);
  webpack({ mode: 'production', target: ['${target}', 'es2022'], context: project, entry: './in.js',
    output: { path: project, filename: 'out.js', module: true, chunkFormat: 'module', publicPath: '' },
    experiments: { outputModule: true }, performance: { hints: false } }, (error, stats) => {
    if (error || stats.hasErrors() || stats.hasWarnings()) {
      console.error(error ?? stats.toString('errors-warnings'));
      process.exitCode = 1;
    }
  });
`;

/** What React Native has: no `await` at the top, and Babel with its preset, which takes no static blocks: see docs/platforms.md. */
const METRO = `
  import { createRequire } from 'node:module';
  import { writeFileSync } from 'node:fs';
  import Metro from 'metro';
  const [project] = process.argv.slice(2);
  const require = createRequire(process.cwd() + '/');
  writeFileSync(project + '/babel.config.cjs', 'module.exports = ' +
    JSON.stringify({
    presets: [require.resolve('@react-native/babel-preset')],
    plugins: [require.resolve('@babel/plugin-transform-class-static-block')],
  }));
  const config = await Metro.loadConfig({ cwd: project, resetCache: true }, { projectRoot: project, watchFolders: [process.cwd()], maxWorkers: 1,
    resolver: { nodeModulesPaths: [process.cwd() + '/node_modules'], unstable_conditionNames: ['react-native'] },
    reporter: { update() {} } });
  await Metro.runBuild(config, { entry: 'in.js', out: project + '/out.cjs', bundleOut: project + '/out.cjs', dev: false, minify: true, platform: 'ios' });
`;

interface Bundler {
  readonly name: string;
  readonly script: string;
  /** Without it, `out.js`, a module. */
  readonly out?: string;
  readonly isWithoutTopLevelAwait?: true;
}

const BUNDLERS: readonly Bundler[] = [
  { name: 'esbuild, browser', script: ESBUILD('browser') },
  { name: 'esbuild, Node', script: ESBUILD('node') },
  { name: 'Vite', script: VITE },
  { name: 'webpack, web', script: WEBPACK('web') },
  { name: 'webpack, worker', script: WEBPACK('webworker') },
  { name: 'webpack, Node', script: WEBPACK('node') },
  { name: 'webpack, electron-main', script: WEBPACK('electron-main') },
  { name: 'webpack, electron-renderer', script: WEBPACK('electron-renderer') },
  { name: 'Metro, React Native', script: METRO, out: 'out.cjs', isWithoutTopLevelAwait: true },
];

/** Runs the tests. */
export async function testBundlers(application: string, report: Report): Promise<void> {
  report.title('bundlers');
  await installOnce(FOLDER, PACKAGES);
  const { imports, body } = await fifteenLines();
  for (const [index, { name, script, out = 'out.js', isWithoutTopLevelAwait }] of BUNDLERS.entries()) {
    await report.check(name, async () => {
      const project = resolve(copyOf(application, `bundled-${index}`));
      const code = isWithoutTopLevelAwait ? `(async () => {\n${body}\n})();` : body;
      writeFileSync(`${project}/in.js`, `${imports}\n${code}`);
      const bundler = `${FOLDER}/bundle-${index}.mjs`;
      writeFileSync(bundler, script);
      await runCommand(process.execPath, [bundler, project], { cwd: FOLDER, seconds: PATIENCE });
      const said = await runCommand(process.execPath, [out], { cwd: project, seconds: PATIENCE });
      if (!ANSWER.test(said)) throw new Error(said);
      return said.trim().slice(-6);
    });
  }
}
