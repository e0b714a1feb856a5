/**
 * What was being written as a page ended, and the engine with it: where nobody heard the last words, they are here until the same tab
 * is shown again. It is no more than the store has of drafts, which are not sealed either.
 */
export interface Place {
  readonly length: number;
  key(index: number): string | null;
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

const PREFIX = 'dim-web.unsaved ';

export class Unsaved {
  readonly #place: () => Place;

  /** @param place throws, where a browser has none */
  constructor(place: () => Place) {
    this.#place = place;
  }

  /** Saves a text, and has it here until that is done. */
  async during(conversation: string, text: string, save: () => Promise<void>): Promise<void> {
    const key = PREFIX + conversation;
    this.#with((place) => place.setItem(key, text));
    await save();
    // Something newer may be on its way.
    this.#with((place) => place.getItem(key) === text && place.removeItem(key));
  }

  /** What was not saved; undefined where all was. */
  of(conversation: string): string | undefined {
    return this.#with((place) => place.getItem(PREFIX + conversation)) ?? undefined;
  }

  /** Nobody lives here any more. */
  forget(): void {
    this.#with((place) => {
      const keys = Array.from({ length: place.length }, (_, index) => place.key(index) ?? '');
      for (const key of keys) if (key.startsWith(PREFIX)) place.removeItem(key);
    });
  }

  #with<T>(work: (place: Place) => T): T | undefined {
    try {
      return work(this.#place());
    } catch {
      // Without storage, or room in it, the engine alone has it.
      return undefined;
    }
  }
}

export const unsaved = new Unsaved(() => sessionStorage);
