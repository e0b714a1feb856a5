/** A chat in lines: for pipes and files, and for readers of words. */
import type { FileProgress } from 'dimsdk';
import type { Renderer } from './render.ts';
import { transferText } from './transfer-text.ts';
import type { DeliveryStep, Item, Transfer, TransferStep, View } from './view.ts';

/** Where lines go. */
export interface LineOutput {
  /** Messages and answers. */
  write(text: string): Promise<void>;
  /** All else. */
  note(text: string): Promise<void>;
  /** Asks, where somebody is there. */
  ask(question: string): Promise<boolean>;
}

/** Writes lines. */
export class LineView implements View {
  readonly #renderer: Renderer;
  readonly #output: LineOutput;
  /** Whether a person reads them, who wants to hear of deliveries. */
  readonly #isForPerson: boolean;
  #wasOffline = false;
  readonly #phases = new Map<string, FileProgress['phase']>();

  constructor(renderer: Renderer, output: LineOutput, isForPerson: boolean) {
    this.#renderer = renderer;
    this.#output = output;
    this.#isForPerson = isForPerson;
  }

  async show(item: Item): Promise<void> {
    if (item.is === 'message') {
      // Whoever typed it has it before the eyes.
      if (!item.isTyped) await this.#output.write(this.#renderer.words(item.message).join('\n'));
    } else if (item.is === 'answer') await this.#output.write(item.text);
    else if (item.is === 'conversation') {
      if (this.#isForPerson) await this.#output.note(`you talk with ${item.name.text}.`);
    } else if (this.#isWorth(item)) await this.#output.note(item.is === 'alarm' ? `ALARM: ${item.text}` : item.text);
  }

  /** A script that works says nothing: that it is online is worth a line after it was offline. */
  #isWorth({ json }: Extract<Item, { readonly json: unknown }>): boolean {
    if (json['event'] !== 'connection') return true;
    const isTold = this.#isForPerson || this.#wasOffline || json['state'] !== 'online';
    this.#wasOffline = json['state'] !== 'online';
    return isTold;
  }

  async delivery(step: DeliveryStep): Promise<void> {
    const isWorth =
      step.error !== undefined ||
      (this.#isForPerson && step.isLast && (step.state !== 'queued' || step.waitsForReceiver));
    if (isWorth) await this.#output.note(this.#renderer.step(step));
  }

  transfer({ key, filename }: Transfer, step: TransferStep): void {
    if (typeof step === 'string') this.#phases.delete(key);
    else if (this.#phases.get(key) === step.phase) return;
    else this.#phases.set(key, step.phase);
    void this.#output.note(transferText(filename, step));
  }

  // Lines have no prompt: with whom one talks is told as it changes.
  talk(): void {}

  async ask(question: string): Promise<boolean> {
    return this.#output.ask(question);
  }
}
