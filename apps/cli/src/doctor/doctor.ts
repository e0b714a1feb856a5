/** `dim doctor`. */
import type { Call, Result } from '../command/call.ts';
import { ownVersion } from '../command/version.ts';
import { homeOf, isHome } from '../home/home.ts';
import { selfOf, withHome } from '../home/open-home.ts';
import { readSettings } from '../home/settings.ts';
import { secondsOf } from '../input/seconds.ts';
import { withClient, type ClientCallOptions } from '../messages/open-client.ts';
import { styleFor } from '../text/style.ts';
import { badFrom, exitCodeFor, findingJson, findingText, look, type Finding } from './finding.ts';
import { lookAtDisk, lookAtFolder, lookAtKeys, lookAtSqlite } from './look-at-home.ts';
import { lookAtDeliveries, lookAtStation } from './look-at-station.ts';

/** Looks at all that a message needs on its way: what is wrong, and what to do. */
export async function examine(call: Call, options: ClientCallOptions & { readonly timeout: string }): Promise<Result> {
  const seconds = secondsOf(options.timeout);
  const home = homeOf(call);
  const findings: Finding[] = [
    { about: 'program', is: 'good', says: `dim ${ownVersion()}, Node ${process.versions.node}, ${process.platform}` },
    ...(await look('SQLite', lookAtSqlite)),
    ...(await look('home', async () => lookAtFolder(home))),
    ...(await look('disk', async () => lookAtDisk(home))),
    ...(await look('settings', async () => {
      readSettings(home);
      return undefined;
    })),
  ];
  // One thing that is wrong does not hide another: only what cannot be opened is not looked at.
  if (isHome(home) && isGood(findings, 'SQLite', 'settings')) {
    findings.push(...(await look('keys', async () => keysOf(call))));
    // Without keys nobody logs in.
    if (isGood(findings, 'keys')) findings.push(...(await stationOf(call, options, seconds)));
  }
  const style = styleFor({ output: call.context.stdout, environment: call.context.environment });
  return {
    json: { findings: findings.map(findingJson) },
    text: findings.map((finding) => findingText(finding, style)).join('\n'),
    exitCode: exitCodeFor(findings),
  };
}

function isGood(findings: readonly Finding[], ...names: readonly string[]): boolean {
  return findings.every(({ about, is }) => is !== 'bad' || !names.includes(about));
}

async function keysOf(call: Call): Promise<Finding> {
  return withHome(call, async (open) => lookAtKeys(open, await selfOf(call, open)));
}

async function stationOf(call: Call, options: ClientCallOptions, seconds: number): Promise<readonly Finding[]> {
  try {
    return await withClient(call, options, async (open) => [
      ...(await lookAtStation(call, open, seconds)),
      await lookAtDeliveries(open),
    ]);
  } catch (error) {
    return [badFrom('client', error)];
  }
}
