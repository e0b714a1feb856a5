/** Texts that no report shows, whatever the errors of a definition say: those of private keys. */

/** Shorter texts are no secrets: numbers, names of modes. */
export const SHORTEST = 12;

/** What key maps say in the clear. */
export const NAMES: ReadonlySet<string> = new Set(['algorithm', 'curve', 'digest', 'mode', 'padding']);

const LONGEST_TEXT = 600;

/** What is to be kept out of a report. */
export class Secrets {
  readonly #texts = new Set<string>();

  /** Adds the texts of a private key's map, and the lines of each. */
  add(fields: object): void {
    for (const [name, value] of Object.entries(fields) as [string, unknown][]) {
      if (typeof value === 'object' && value !== null) this.add(value);
      if (typeof value !== 'string' || NAMES.has(name)) continue;
      const texts = [value, oneLine(value), JSON.stringify(value).slice(1, -1), ...value.split(/\s/)];
      for (const text of texts) if (text.length >= SHORTEST) this.#texts.add(text);
    }
  }

  /** A text on one line, without the secrets, and no longer than anybody reads. */
  hide(text: string): string {
    // Of a text and a line of it, the text.
    const longestFirst = [...this.#texts].sort((one, other) => other.length - one.length);
    const shown = longestFirst.reduce((rest, secret) => rest.replaceAll(secret, '(secret)'), oneLine(text));
    return shown.length > LONGEST_TEXT ? `${shown.slice(0, LONGEST_TEXT)}…` : shown;
  }
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}
