/** `dim station use`. */
import type { Call, Result } from '../command/call.ts';
import { homeOf, makeHome } from '../home/home.ts';
import { changeSettings } from '../home/settings.ts';
import { printable } from '../text/printable.ts';
import { readStationPlace } from './station-address.ts';

/** Chooses the station of a home. */
export async function useStation(call: Call, address: string): Promise<Result> {
  const { by, address: place } = readStationPlace(address);
  const home = homeOf(call);
  makeHome(home);
  await changeSettings(home, { station: address });
  const { host, port } = place;
  return {
    json: { station: address, by, host, port },
    text: `${printable(home.path)} connects to ${printable(address)}.`,
  };
}
