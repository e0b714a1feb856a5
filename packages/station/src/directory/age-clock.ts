/**
 * The time by which age is counted. A clock that leaps ahead would make everything old at once, and what was removed then does not come
 * back when somebody sets it right.
 *
 * So time goes by here as it really does, by what was waited for. Where the clock of the machine says more, it is believed after it has
 * said so for as long as messages are kept: whatever came before the leap has had its time by then. Where it says less, this one
 * goes on, and so nothing gets a time that would be too old at once. Nothing is ever taken for older than it is.
 */
import type { JsonMap } from 'dimp';
import { fieldOf } from 'dimp/extend';
import type { Clock, Logger } from 'dimsdk';
import type { Records } from '../ports/records.ts';

const TABLE = 'clock';
/** Two clocks that differ by no more are the same one, in seconds: as much may go by between two looks, and while a station starts again. */
const SAME = 15 * 60;

/** The clock says more than can have gone by. */
interface Leap {
  /** The time here when that was seen first. */
  readonly from: number;
  /** By how much more. */
  readonly by: number;
}

/** What an {@link AgeClock} is made of. */
export interface AgeClockOptions {
  readonly clock: Clock;
  readonly records: Records;
  readonly logger: Logger;
  /** What it is the age of: each has its own place in the records. */
  readonly of?: 'age' | 'files';
}

/** See the top of the file. */
export class AgeClock {
  readonly #options: AgeClockOptions;
  #horizon: number;
  #leap: Leap | undefined;
  #isBehind = false;

  constructor(options: AgeClockOptions) {
    this.#options = options;
    this.#horizon = options.clock.now();
  }

  /** Goes on where it stood when the station ran last: how long that is ago, only the clock of the machine says. @throws DimError `STORE_…` */
  async load(): Promise<void> {
    const kept = await this.#options.records.read(TABLE, this.#key);
    const time = kept && numberOf(kept, 'time');
    if (kept === undefined || time === undefined) return this.#save();
    this.#horizon = time;
    const [from, by] = [numberOf(kept, 'from'), numberOf(kept, 'by')];
    if (from !== undefined && by !== undefined) this.#leap = { from, by };
    this.#compare(Infinity);
  }

  get #key(): string {
    return this.#options.of ?? 'age';
  }

  /** When something comes now, in seconds since 1970. */
  now(): number {
    return Math.max(this.#options.clock.now(), this.#horizon);
  }

  /** The latest time that is certainly over: what is to be old enough now is older than it. */
  get horizon(): number {
    return this.#horizon;
  }

  /**
   * So many seconds have really gone by.
   * @param patience after how many more of them a clock is believed that has leaped ahead
   * @throws DimError `STORE_…`
   */
  async passed(seconds: number, patience: number): Promise<void> {
    this.#horizon += seconds;
    this.#compare(patience);
    await this.#save();
  }

  #compare(patience: number): void {
    const { clock, logger } = this.#options;
    const now = clock.now();
    const ahead = now - this.#horizon;
    const wasBehind = this.#isBehind;
    this.#isBehind = ahead < -SAME;
    if (this.#isBehind && !wasBehind)
      logger.warn('the clock was set back, or is wrong: what waits is kept for as long as always', { seconds: -ahead });
    if (Math.abs(ahead) <= SAME) this.#horizon = now;
    if (ahead <= SAME) {
      this.#leap = undefined;
      return;
    }
    const known = this.#leap;
    if (known === undefined || Math.abs(ahead - known.by) > SAME) {
      this.#leap = { from: this.#horizon, by: ahead };
      logger.warn('the clock has leaped ahead, or the station was away: what waits gets no older by that', {
        seconds: ahead,
      });
    } else if (this.#horizon - known.from >= patience) {
      this.#leap = undefined;
      this.#horizon = now;
      logger.info('the clock is believed again: it has gone on as it should for long enough', { seconds: ahead });
    }
  }

  async #save(): Promise<void> {
    const value = { time: this.#horizon, ...this.#leap };
    await this.#options.records.write([{ table: TABLE, key: this.#key, value, writtenAt: this.#horizon }]);
  }
}

function numberOf(fields: JsonMap, name: string): number | undefined {
  const value = fieldOf(fields, name);
  return typeof value === 'number' ? value : undefined;
}
