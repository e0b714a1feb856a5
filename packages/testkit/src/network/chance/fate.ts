/** What becomes of each payload, by what may go wrong and by the seed. */
import { bounds, momentsOf, type CutMoment, type NetworkFaults, type Seconds } from './faults.ts';
import type { Random } from './random.ts';

/** What becomes of a payload. */
export interface Fate {
  /** Seconds that it takes. */
  readonly delay: number;
  /** Seconds that its acknowledgement takes. */
  readonly returnDelay: number;
  readonly cut: CutMoment | undefined;
  readonly isTwice: boolean;
  readonly isHeldBack: boolean;
  readonly isSilenced: boolean;
  readonly isRestart: boolean;
  readonly isLost: boolean;
}

/**
 * Draws what becomes of the next payload. As many numbers are drawn each time: so one more fault changes nothing of when the
 * others happen.
 */
export function drawFate(random: Random, faults: NetworkFaults, direction: 'up' | 'down'): Fate {
  const moments = momentsOf(faults, direction);
  const happens = (rate = 0): boolean => random.fraction() < rate;
  const delay = drawSeconds(random, faults.delay);
  const returnDelay = drawSeconds(random, faults.delay);
  const isCut = happens(faults.cutRate);
  const moment = moments[Math.floor(random.fraction() * moments.length)];
  return {
    delay,
    returnDelay,
    cut: isCut ? moment : undefined,
    isTwice: happens(faults.duplicateRate),
    isHeldBack: happens(faults.reorderRate),
    isSilenced: happens(faults.silenceRate),
    isRestart: happens(faults.restartRate),
    isLost: happens(faults.loseRate),
  };
}

/** Draws a number of seconds. */
export function drawSeconds(random: Random, seconds: Seconds = 0): number {
  return random.between(...bounds(seconds));
}
