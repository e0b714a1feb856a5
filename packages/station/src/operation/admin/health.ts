/** Whether a station does what it is for. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningStation, StationCounts } from '../running-station.ts';

/** What a station is doing. */
export interface StationState {
  is: 'starting' | 'running' | 'draining';
  /** Once it runs. */
  station: RunningStation | undefined;
}

/** What is told of it. */
export interface Health {
  readonly status: 'ok' | 'starting' | 'draining' | 'failing';
  readonly counts: StationCounts | undefined;
}

/** Whoever asks waits no longer. */
const STORE_MILLISECONDS = 2000;

/** @param patience milliseconds, after which a store that has not answered has failed */
export async function healthOf({ is, station }: StationState, patience = STORE_MILLISECONDS): Promise<Health> {
  const counts = station === undefined ? undefined : await countsOf(station, patience);
  if (is !== 'running') return { status: is, counts };
  return { status: counts === undefined ? 'failing' : 'ok', counts };
}

async function countsOf(station: RunningStation, patience: number): Promise<StationCounts | undefined> {
  const enough = new AbortController();
  try {
    return await Promise.race([station.counts(), sleep(patience, undefined, { signal: enough.signal, ref: false })]);
  } catch {
    return undefined;
  } finally {
    enough.abort();
  }
}
