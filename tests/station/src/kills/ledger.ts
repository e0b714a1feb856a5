/** What must be there by what processes have said, and what may. */
import type { Engine } from 'dimstation';
import { BOXES, postingOf, TABLE, type Said } from './story.ts';

const keyOf = (box: number, position: number): string => `${box} ${position}`;

/** See the top of the file. */
export class Ledger {
  readonly #seed: number;
  /** Steps by box and position, of what is there as far as was said. */
  readonly #kept = new Map<string, number>();
  /** What may be gone. */
  readonly #removing = new Set<string>();
  readonly #removed = new Set<string>();
  readonly #saidSteps = new Set<number>();
  /** The last step that a key was said to be written with. */
  readonly #written = new Map<string, number>();
  kept = 0;
  removed = 0;
  unsaid = 0;

  constructor(seed: number) {
    this.#seed = seed;
  }

  hear(said: Said): void {
    switch (said.is) {
      case 'kept': {
        this.#saidSteps.add(said.step);
        for (const [index, box] of postingOf(this.#seed, said.step).boxes.entries())
          this.#kept.set(keyOf(BOXES.indexOf(box), said.positions[index] ?? 0), said.step);
        this.kept += said.positions.length;
        return;
      }
      case 'removing':
        this.#removing.add(keyOf(said.box, said.position));
        return;
      case 'removed':
        this.#removed.add(keyOf(said.box, said.position));
        this.removed++;
        return;
      case 'written': {
        const key = String(said.step % 50);
        this.#written.set(key, Math.max(said.step, this.#written.get(key) ?? 0));
      }
    }
  }

  /** What is wrong with the boxes, in words; what was kept and could not be said is noted. */
  faultsOf(contents: ReadonlyMap<number, ReadonlyMap<number, number>>): readonly string[] {
    const faults: string[] = [];
    const unsaid = new Map<number, number>();
    for (const [box, messages] of contents) {
      const steps = [...messages.values()];
      if (new Set(steps).size < steps.length) faults.push(`a message is twice in box ${box}`);
      for (const [position, step] of messages) {
        const key = keyOf(box, position);
        if (this.#removed.has(key)) faults.push(`the message ${step} that was removed is in box ${box}`);
        if (this.#saidSteps.has(step)) {
          if (this.#kept.get(key) !== step) faults.push(`the message ${step} is at ${position} of box ${box}`);
        } else {
          unsaid.set(step, (unsaid.get(step) ?? 0) + 1);
          this.#kept.set(key, step);
        }
      }
    }
    for (const [key, step] of this.#kept) {
      const [box = 0, position = 0] = key.split(' ').map(Number);
      const isThere = contents.get(box)?.get(position) === step;
      if (!isThere && !this.#removing.has(key)) faults.push(`the message ${step} is not at ${position} of box ${box}`);
      // It does not come back.
      if (!isThere) {
        this.#removed.add(key);
        this.#kept.delete(key);
      }
    }
    for (const step of unsaid.keys()) {
      this.#saidSteps.add(step);
      this.unsaid++;
    }
    return faults;
  }

  /** What is wrong with the records, in words. */
  async faultsOfRecords({ records }: Engine): Promise<readonly string[]> {
    const faults: string[] = [];
    for (const [key, step] of this.#written) {
      const [one, other] = [await records.read(TABLE, key), await records.read(TABLE, `last of ${key}`)];
      if (Number(one?.['step']) < step || one === undefined) faults.push(`the record ${key} is older than ${step}`);
      if (one?.['step'] !== other?.['step']) faults.push(`of the record ${key} half is written`);
    }
    return faults;
  }
}
