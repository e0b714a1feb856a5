/** Each door of dimtestkit opens where nothing is installed but what it says that it needs. */
import { readdirSync } from 'node:fs';
import type { Report } from '../report.ts';
import { runCommand } from '../run-command.ts';
import { installInto } from '../tarballs/install.ts';
import { PACKAGES, tarballsOf } from '../tarballs/pack-tarballs.ts';

const DOORS: readonly {
  readonly door: string;
  readonly needs: readonly string[];
  readonly brings?: readonly string[];
  readonly script: string;
}[] = [
  {
    door: 'dimtestkit',
    needs: ['mkm'],
    script: `
      import { defineDocument, Document } from 'mkm';
      import { assertContract, checkDocument } from 'dimtestkit';
      const badge = defineDocument({ type: 'badge', class: Document });
      assertContract(await checkDocument(badge, { properties: [{ level: 'gold' }] }));
    `,
  },
  {
    door: 'dimtestkit/contents',
    needs: ['mkm', 'dkd'],
    script: `
      import { createMessageContext } from 'dkd';
      import { assertContract, checkContent } from 'dimtestkit/contents';
      const sample = { type: '1', sn: 1, time: 1700000000, text: 'Hello!' };
      assertContract(await checkContent(createMessageContext({ plugins: [] }), 'unknown', [sample]));
    `,
  },
  { door: 'dimtestkit/store', needs: ['mkm', 'dkd', 'dimp'], script: `import 'dimtestkit/store';` },
  {
    door: 'dimtestkit/client-store',
    needs: ['mkm', 'dkd', 'dimp', 'dimsdk'],
    script: `import 'dimtestkit/client-store';`,
  },
  {
    door: 'dimtestkit/connection',
    needs: ['mkm', 'dkd', 'dimp', 'dimsdk'],
    script: `
      import { MtpConnection } from 'dimsdk/extend';
      import { assertContract, checkConnection, memoryStreams } from 'dimtestkit/connection';
      const limits = { payloadBytes: 70_000 };
      const open = ({ clock, signal }) => {
        const [here, there] = memoryStreams('memory://station');
        const connect = async () => {
          signal.throwIfAborted();
          return new MtpConnection(here, { clock, limits });
        };
        return { connection: connect(), line: Promise.resolve(there) };
      };
      assertContract(await checkConnection({ name: 'MTP in memory', framing: 'mtp', ...limits, open }));
    `,
  },
  {
    door: 'dimtestkit/engine',
    needs: ['mkm', 'dkd', 'dimp', 'dimsdk', 'dimplugins', 'dimstation'],
    // A station listens for WebSockets.
    brings: ['ws'],
    script: `
      import { memoryEngine } from 'dimstation';
      import { assertContract, checkEngine } from 'dimtestkit/engine';
      assertContract(await checkEngine({ open: async () => memoryEngine() }));
    `,
  },
  { door: 'dimtestkit/network', needs: ['mkm', 'dkd', 'dimp', 'dimsdk'], script: `import 'dimtestkit/network';` },
];

/** What nobody gets who does not ask for it. */
const UNWANTED = [...PACKAGES.filter((name) => name !== 'dimtestkit'), 'libsql', 'ws'];

/** Runs the tests. */
export async function testDoors(application: string, report: Report): Promise<void> {
  report.title('the doors of dimtestkit');
  for (const { door, needs, brings = [], script } of DOORS) {
    await report.check(door, async () => {
      const folder = `${application}/../${door.replace('/', '-')}`;
      await installInto(folder, tarballsOf(application, ['dimtestkit', ...needs]));
      const installed = readdirSync(`${folder}/node_modules`);
      const others = UNWANTED.filter((name) => installed.includes(name) && ![...needs, ...brings].includes(name));
      if (others.length > 0) throw new Error(`npm installed ${others.join(', ')}`);
      await runCommand(process.execPath, ['--input-type=module', '--eval', script], { cwd: folder });
      return `with ${needs.join(', ')}`;
    });
  }
}
