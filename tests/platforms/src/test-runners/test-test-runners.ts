/** Other people's tests: the README's fifteen lines in Jest, with CommonJS as it is by itself, and in Vitest; on Node and with jsdom. */
import { writeFileSync } from 'node:fs';
import { ANSWER, fifteenLines } from '../bundlers/fifteen-lines.ts';
import { CACHE } from '../paths.ts';
import type { Report } from '../report.ts';
import { tryCommand } from '../run-command.ts';
import { copyOf } from '../tarballs/application.ts';
import { installOnce } from '../tarballs/install.ts';

const FOLDER = `${CACHE}/test-runners`;
const PACKAGES = [
  'jest@30.5.2',
  'jest-environment-jsdom@30.5.2',
  '@babel/core@7.28.5',
  '@babel/preset-env@7.28.5',
  'vitest@3.2.4',
  'jsdom@26.1.0',
];

/** In seconds: what hangs is ended. */
const PATIENCE = 180;

/** As docs/platforms.md has it. */
const JEST = (environment: string) => `
  module.exports = {
    testEnvironment: '${FOLDER}/node_modules/jest-environment-${environment}',
    transform: { '\\\\.js$': ['${FOLDER}/node_modules/babel-jest', { presets: [['${FOLDER}/node_modules/@babel/preset-env', { targets: { node: 'current' } }]] }] },
    transformIgnorePatterns: ['/node_modules/(?!(mkm|dkd|dimp|dimplugins|dimsdk|@noble|@scure)/)'],
    testMatch: ['<rootDir>/first.test.js'],
    modulePaths: ['<rootDir>/node_modules'],
    setupFiles: ['<rootDir>/text-encoder.js'],
    // Without WebCrypto, new RSA keys take seconds.
    testTimeout: 120000,
  };
`;

/** jsdom has none. */
const TEXT_ENCODER = `
  const { TextDecoder, TextEncoder } = require('node:util');
  globalThis.TextEncoder ??= TextEncoder;
  globalThis.TextDecoder ??= TextDecoder;
`;

/** Runs the tests. */
export async function testTestRunners(application: string, report: Report): Promise<void> {
  report.title('test runners');
  await installOnce(FOLDER, PACKAGES);
  const { imports, body } = await fifteenLines();
  const asTest = (first: string) => `${first}${imports}
    test('the fifteen lines', async () => {
      const said = [];
      const console = { log: (text) => said.push(text) };
      ${body}
      expect(said.join('\\n')).toMatch(${ANSWER.toString()});
    });`;
  for (const environment of ['node', 'jsdom']) {
    await report.check(`Jest, CommonJS, ${environment}`, async () => {
      const project = copyOf(application, `jest-${environment}`);
      writeFileSync(`${project}/package.json`, JSON.stringify({ private: true }));
      writeFileSync(`${project}/jest.config.js`, JEST(environment));
      writeFileSync(`${project}/text-encoder.js`, TEXT_ENCODER);
      writeFileSync(`${project}/first.test.js`, asTest(''));
      await passes(project, [`${FOLDER}/node_modules/jest/bin/jest.js`, '--no-cache']);
    });
    await report.check(`Vitest, ${environment}`, async () => {
      const project = copyOf(application, `vitest-${environment}`);
      writeFileSync(`${project}/first.test.js`, asTest(''));
      await passes(project, [
        `${FOLDER}/node_modules/vitest/vitest.mjs`,
        'run',
        '--globals',
        `--environment=${environment}`,
        '--root',
        project,
      ]);
    });
  }
}

async function passes(project: string, parameters: readonly string[]): Promise<void> {
  const env = { CI: 'true', NO_COLOR: '1' };
  const options = { cwd: project, seconds: PATIENCE, env };
  const { status, stdout, stderr } = await tryCommand(process.execPath, parameters, options);
  if (status !== 0 || !/1 passed/.test(stdout + stderr)) throw new Error(`${status}\n${stdout}${stderr}`);
}
