/** The clock of this device, but a moment is short: what it waits for is loopback. */
import { systemClock, type Clock } from '../../src/index.ts';

export const quickClock: Clock = {
  now: () => systemClock.now(),
  wait: async (seconds, signal) => systemClock.wait(seconds <= 1 ? seconds / 100 : seconds, signal),
};
