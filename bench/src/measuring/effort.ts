/** How long to measure. */
import { WARM_RUNS, type Effort } from './turns.ts';

export const LONG: Effort = { warmUp: { runs: WARM_RUNS, milliseconds: 2000 }, rounds: 25, slice: 12 };
export const SHORT: Effort = { warmUp: { runs: WARM_RUNS, milliseconds: 900 }, rounds: 15, slice: 10 };

/** Of how many processes the first runs are looked at. */
export const FIRST_PROCESSES = 3;
export const FIRST_PROCESSES_SHORT = 3;
