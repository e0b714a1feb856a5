/** What `--only` may name: parts of the matrix, and rows of the networks. */
import { quoted, suggestion } from 'runner/names';
import { UsageError } from 'runner/usage-error';
import { APART_SCENARIOS, BRIDGE_SCENARIOS, MOVING } from './network/bridge/scenarios.ts';
import { BY_HAND_SCENARIOS } from './network/by-hand/scenarios.ts';
import { BRIDGE_PART, BY_HAND_PART, NETWORK_PART, PAGE_PART } from './network/known-differences.ts';
import { PAGE_SCENARIOS } from './network/page/scenarios.ts';
import { NETWORK_SCENARIOS } from './network/scenarios.ts';
import { LAST_SCENARIOS, STATION_SCENARIOS } from './network/station-scenarios.ts';
import type { NetworkPeerName } from './peer-names.ts';
import { RANDOM_PART } from './random-scenario.ts';
import { SCENARIOS } from './scenarios/all.ts';

interface Named {
  readonly name: string;
}

/** The parts and rows of one peer. */
interface Names {
  readonly parts: readonly string[];
  readonly rows: readonly Named[];
}

const ADAPTER: Names = { parts: [...new Set(SCENARIOS.map(({ part }) => part)), RANDOM_PART], rows: [] };

const LIVING: Names = {
  parts: [NETWORK_PART],
  rows: [...NETWORK_SCENARIOS, ...STATION_SCENARIOS, ...LAST_SCENARIOS],
};

const NETWORK: Readonly<Record<NetworkPeerName, Names>> = {
  network: LIVING,
  station: { parts: [...LIVING.parts, BY_HAND_PART], rows: [...LIVING.rows, ...BY_HAND_SCENARIOS] },
  bridge: { parts: [BRIDGE_PART], rows: [...BRIDGE_SCENARIOS, MOVING, ...APART_SCENARIOS] },
  page: { parts: [PAGE_PART], rows: PAGE_SCENARIOS },
};

/**
 * Checks a part of names, before any peer is installed.
 * @throws UsageError where nothing of those that are chosen has it in its name
 */
export function checkOnly(
  only: string,
  { adapters, networks }: { readonly adapters: boolean; readonly networks: readonly NetworkPeerName[] },
): void {
  const chosen = [...(adapters ? [ADAPTER] : []), ...networks.map((name) => NETWORK[name])];
  const parts = [...new Set(chosen.flatMap((names) => names.parts))];
  const all = [...parts, ...chosen.flatMap((names) => names.rows.map(({ name }) => name))];
  if (all.some((name) => name.includes(only))) return;
  throw new UsageError(
    `no part or row of these peers has ${quoted(only)} in its name${suggestion(only, all)}; parts are ${parts.join(', ')}`,
  );
}
