/** Each door of dimtestkit opens where nothing is installed but what it says that it needs. */
import { readdirSync } from 'node:fs';
import type { Report } from '../report.ts';
import { runCommand } from '../run-command.ts';
import { installInto } from '../tarballs/install.ts';

const DOORS: readonly { readonly door: string; readonly needs: readonly string[]; readonly script: string }[] = [
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
];

/** Runs the tests. */
export async function testDoors(application: string, report: Report): Promise<void> {
  report.title('the doors of dimtestkit');
  const tarballs = `${application}/../tarballs`;
  for (const { door, needs, script } of DOORS) {
    await report.check(door, async () => {
      const packages = ['dimtestkit', ...needs];
      const folder = `${application}/../${door.replace('/', '-')}`;
      const files = readdirSync(tarballs).filter((file) =>
        packages.some((name) => new RegExp(`^${name}-\\d`).test(file)),
      );
      await installInto(
        folder,
        files.map((file) => `${tarballs}/${file}`),
      );
      const installed = readdirSync(`${folder}/node_modules`);
      const others = ['mkm', 'dkd', 'dimp', 'dimplugins'].filter(
        (name) => installed.includes(name) && !needs.includes(name),
      );
      if (others.length > 0) throw new Error(`npm installed ${others.join(', ')}`);
      await runCommand(process.execPath, ['--input-type=module', '--eval', script], { cwd: folder });
      return `with ${needs.join(', ')}`;
    });
  }
}
