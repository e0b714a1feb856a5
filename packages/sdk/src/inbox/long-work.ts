/** Long work that lets everything else run now and then: what a person does, timers, the network. */
import { nextTask } from '../device/next-task.ts';

/** How long it works at a time, in milliseconds: less than one picture on a screen takes. */
const LONGEST = 10;

/** Work in many steps, of which none waits for anything but others of it. */
export class LongWork {
  #since = -Infinity;
  #pause: Promise<void> | undefined;

  /** Between two steps: ends at once, unless it worked for some time. */
  async pause(): Promise<void> {
    if (performance.now() - this.#since < LONGEST) return;
    // Those who work side by side wait together.
    this.#pause ??= this.#letOthersRun();
    await this.#pause;
  }

  async #letOthersRun(): Promise<void> {
    await nextTask();
    this.#since = performance.now();
    this.#pause = undefined;
  }
}
