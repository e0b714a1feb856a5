/** Ctrl+C at a question: the terminal gives it to the question then, and sends no signal. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}
