/** A process that kills itself, at a place where nobody from outside would hit it. */
import type { ClientStore, Connection, IncomingPayload, RowChange, Transport } from 'dimsdk';
import type { Death } from './speech.ts';

/** Where a process is to die. */
export class Deaths {
  #death: Death | undefined;
  #left = 0;

  /** It dies there from now on, and nowhere else. */
  expect(death: Death): void {
    this.#death = death;
    this.#left = death.count;
  }

  /** It has come to a place. */
  reach(place: Death['at']): void {
    if (this.#death?.at !== place || --this.#left > 0) return;
    // It never comes back from here.
    process.kill(process.pid, 'SIGKILL');
  }

  /** A store at which it may die. */
  store(store: ClientStore): ClientStore {
    const commit: ClientStore['commit'] = async (changes, rows = []) => {
      const isSend = rows.some((row) => isNewDelivery(row));
      this.reach('before-commit');
      if (isSend) this.reach('before-commit-of-send');
      await store.commit(changes, rows);
      if (isSend) this.reach('after-commit-of-send');
      this.reach('after-commit');
    };
    return withMethod(store, 'commit', commit);
  }

  /** A transport at which it may die. */
  transport(transport: Transport): Transport {
    return {
      connect: async (address, options) => this.#connection(await transport.connect(address, options)),
    };
  }

  #connection(connection: Connection): Connection {
    return {
      name: connection.name,
      ended: connection.ended,
      close: async () => connection.close(),
      send: async (bytes) => {
        await connection.send(bytes);
        this.reach('after-handover');
      },
      incoming: this.#incoming(connection),
    };
  }

  async *#incoming(connection: Connection): AsyncGenerator<IncomingPayload> {
    for await (const payload of connection.incoming)
      yield {
        bytes: payload.bytes,
        acknowledge: () => {
          this.reach('before-acknowledgement');
          payload.acknowledge();
        },
      };
  }
}

/** A delivery is queued once. */
function isNewDelivery(change: RowChange): boolean {
  return change.do === 'put-row' && change.row.table === 'delivery' && change.row.value['state'] === 'queued';
}

function withMethod<T extends object, K extends keyof T>(target: T, name: K, method: T[K]): T {
  return new Proxy(target, {
    get: (_, asked) => {
      if (asked === name) return method;
      const value: unknown = Reflect.get(target, asked);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
