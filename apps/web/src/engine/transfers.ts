/** Files on their way, up and down. */
import { DimError, isDimError } from 'dimp';
import type { OnFileProgress } from 'dimsdk';
import type { EngineEvent } from '../protocol/calls.ts';
import type { TransferView } from '../protocol/views.ts';

/** What a transfer gives to dimsdk. */
export interface TransferOptions {
  readonly signal: AbortSignal;
  readonly onProgress: OnFileProgress;
}

/** So many steps of one file are told: a page draws no finer line. */
const STEPS = 50;

export class Transfers {
  readonly #tell: (event: EngineEvent) => void;
  readonly #going = new Map<string, { readonly view: TransferView; readonly abort: AbortController }>();

  constructor(tell: (event: EngineEvent) => void) {
    this.#tell = tell;
  }

  get all(): readonly TransferView[] {
    return [...this.#going.values()].map(({ view }) => view);
  }

  /** @throws what `work` throws; DimError `DELIVERY_CANCELLED` where the person ended it */
  async run<T>(
    begun: Omit<TransferView, 'phase' | 'done' | 'total'>,
    work: (options: TransferOptions) => Promise<T>,
  ): Promise<T> {
    const { id } = begun;
    if (this.#going.has(id)) throw new DimError('USAGE_ARGUMENT', 'is on its way already', { path: 'id' });
    const abort = new AbortController();
    const first = begun.direction === 'up' ? 'preparing' : 'receiving';
    let view: TransferView = { ...begun, phase: first, done: 0, total: undefined };
    const show = (is: 'going' | 'done' | 'failed'): void => this.#tell({ tell: 'transfer', transfer: view, is });
    this.#going.set(id, { view, abort });
    show('going');
    try {
      const value = await work({
        signal: abort.signal,
        onProgress: ({ phase, done, total }) => {
          const isStep = phase !== view.phase || stepOf(done, total) !== stepOf(view.done, view.total);
          if (!isStep) return;
          view = { ...view, phase, done, total };
          this.#going.set(id, { view, abort });
          show('going');
        },
      });
      this.#going.delete(id);
      show('done');
      return value;
    } catch (error) {
      this.#going.delete(id);
      show('failed');
      throw error;
    }
  }

  cancel(id: string): void {
    this.#going.get(id)?.abort.abort(new DimError('DELIVERY_CANCELLED', 'was taken back'));
  }

  /** The session ends. */
  end(): void {
    for (const id of this.#going.keys()) this.cancel(id);
  }
}

/** Whether somebody ended a transfer, and nothing failed. */
export function wasCancelled(error: unknown): boolean {
  return isDimError(error) && error.code === 'DELIVERY_CANCELLED';
}

function stepOf(done: number, total: number | undefined): number {
  return total === undefined || total === 0 ? Math.floor(done / 1e6) : Math.floor((done / total) * STEPS);
}
