/**
 * Every runtime: `import` and `require` of the packages, messages between the backends, two clients that talk, all vectors on
 * both backends.
 */
import { VECTORS } from '../paths.ts';
import type { Report } from '../report.ts';
import { tryCommand } from '../run-command.ts';
import { installRuntime, RUNTIMES, type Runtime } from './runtimes.ts';
import { withStation } from './web-socket-station.ts';

const SUITES = 'node_modules/conformance/dist/main.js';

/** What hangs is ended. */
const PATIENCE = 600;

/** Runs the tests. A runtime that cannot be had here is named, and is a failure. */
export async function testRuntimes(application: string, report: Report): Promise<void> {
  for (const runtime of RUNTIMES) {
    report.title(`${runtime.name} (${runtime.specifier})`);
    let program = '';
    await report.check('is here', async () => {
      program = await installRuntime(runtime);
    });
    if (program !== '') await testRuntime(application, report, runtime, program);
  }
}

async function testRuntime(application: string, report: Report, runtime: Runtime, program: string): Promise<void> {
  const run = async (...script: string[]): Promise<string> => {
    const { status, stdout, stderr } = await tryCommand(program, [...runtime.parameters, ...script], {
      cwd: application,
      seconds: PATIENCE,
    });
    // A warning is a failure, too: applications would print it.
    if (status !== 0 || stderr !== '') throw new Error(`${script[0] ?? ''} ended with ${status}\n${stdout}${stderr}`);
    return stdout.trim();
  };
  await report.check('import', async () => {
    const backend = await run('app/smoke.js');
    if (backend !== runtime.backend) throw new Error(`it runs on the backend ${backend}`);
    return `runs on the ${backend} backend`;
  });
  await report.check('require', async () => run('app/smoke-require.js'));
  await report.check('two clients', async () => {
    const ways = await withStation(async (port) => run('app/smoke-client.js', String(port)));
    const wanted = runtime.hasWebSocket ? 'in memory, over WebSockets' : 'in memory';
    if (ways !== wanted) throw new Error(`they talk ${ways}`);
    return `talk ${ways}`;
  });
  await report.check('examples/sdk', async () => {
    const lines = (await run('app/example-sdk.js')).split('\n');
    if (!lines.includes('Alice reads: You said: Hello, Bob!')) throw new Error(lines.join('\n'));
  });
  // Without a name, the suites run on what the runtime has chosen by itself.
  for (const [name, choice] of [
    ['its own', []],
    ['portable', ['--backend', 'portable']],
  ] as const) {
    await report.check(`vectors, ${name} backend`, async () => {
      const output = await run(SUITES, '--vectors', VECTORS, ...choice);
      return output.split('\n').at(-1) ?? '';
    });
  }
}
