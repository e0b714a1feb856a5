/** Long work of a device, which lets everything else run now and then. */
import { EventLoop, LongWork, nextTask } from 'dimp/internal';
import type { Clock } from '../ports/clock.ts';

/** Work that goes on though no time goes by: so a clock whose time is not that of the world is told of it. */
export function longWork(clock: Clock): LongWork {
  const now = (): number => performance.now();
  return new LongWork(undefined, new EventLoop({ now, nextTask: () => clock.during?.(nextTask()) ?? nextTask() }));
}
