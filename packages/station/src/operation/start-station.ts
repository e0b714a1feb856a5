/** What `dimstation start` starts. */
import { DimError } from 'dimp';
import type { StartStation } from './running-station.ts';

/** @throws DimError `INTERNAL_PLATFORM`: this build has no core */
export const startStation: StartStation = async () => {
  throw new DimError('INTERNAL_PLATFORM', 'this build has no station in it yet');
};
