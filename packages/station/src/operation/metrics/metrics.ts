/** What a station counts, in the text form of Prometheus. */
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import type { Counted, Meter } from '../../ports/meter.ts';
import type { StationCounts } from '../running-station.ts';

/** Counters, and the gauges that are read when somebody asks. */
export interface Metrics {
  readonly meter: Meter;
  readonly contentType: string;
  /** @param counts what there is now; undefined where nothing is running, or the store does not answer */
  text(counts: StationCounts | undefined): Promise<string>;
}

const PREFIX = 'dimstation_';

/** Each counter, and what it counts. Its name is `dimstation_`, the key with underscores, `_total`. */
const COUNTERS: Readonly<Record<Counted, string>> = {
  payloads: 'Payloads that came from clients.',
  refused: 'Messages of which nothing became.',
  kept: 'Messages that were kept in a box.',
  full: 'Messages that were kept in no box, as the user has as much as a user may have.',
  dropped: 'Messages of stations, kept for nobody, that were not sent, as the receiver takes too little.',
  delivered: 'Messages that went out to a terminal, for the first time or again.',
  acknowledged: 'Messages that a terminal has acknowledged.',
  expired: 'Messages that nobody fetched in time.',
  logins: 'Handshakes that let somebody in.',
  'shut-out': 'Connections that were refused or ended for what they did.',
};

const GAUGES: Readonly<Record<string, { readonly help: string; readonly read: (counts: StationCounts) => number }>> = {
  connections: { help: 'Connections of clients.', read: ({ connections }) => connections },
  sessions: { help: 'Sessions that are logged in.', read: ({ sessions }) => sessions },
  users: { help: 'Users of whom something is known.', read: ({ users }) => users },
  mailbox_boxes: { help: 'Boxes in which something waits.', read: ({ mailbox }) => mailbox.boxes },
  mailbox_messages: { help: 'Messages that wait, once for each box.', read: ({ mailbox }) => mailbox.messages },
  mailbox_bytes: { help: 'Bytes of the messages that wait.', read: ({ mailbox }) => mailbox.bytes },
  files: { help: 'Files that are kept for clients.', read: ({ files }) => files.files },
  files_bytes: { help: 'Bytes that they take, and those that are coming.', read: ({ files }) => files.bytes },
};

const UP = 'Whether it runs, and its store answers: 1 or 0.';

/** The metrics of one station, in a registry of their own. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const counters = new Map(
    Object.entries(COUNTERS).map(([what, help]) => [what, new Counter({ name: counterName(what), help, registers })]),
  );
  const gauges = Object.entries(GAUGES).map(([name, { help, read }]) => {
    const gauge = new Gauge({ name: `${PREFIX}${name}`, help, registers });
    return (counts: StationCounts) => gauge.set(read(counts));
  });
  const up = new Gauge({ name: `${PREFIX}up`, help: UP, registers });
  collectDefaultMetrics({ register: registry, prefix: PREFIX });
  return {
    meter: { add: (what, count = 1) => counters.get(what)?.inc(count) },
    contentType: registry.contentType,
    text: async (counts) => {
      up.set(counts === undefined ? 0 : 1);
      if (counts !== undefined) for (const set of gauges) set(counts);
      return registry.metrics();
    },
  };
}

/** The metrics that are the station's own, as a table of Markdown. */
export function metricsTable(): string {
  const counters = Object.entries(COUNTERS).map(([what, help]) => [counterName(what), 'counter', help]);
  const gauges = Object.entries(GAUGES).map(([name, { help }]) => [`${PREFIX}${name}`, 'gauge', help]);
  const rows = [...counters, ...gauges, [`${PREFIX}up`, 'gauge', UP]];
  const lines = rows.map(([name = '', kind = '', help = '']) => `| \`${name}\` | ${kind} | ${help} |`);
  return ['| name | kind | what it counts |', '| --- | --- | --- |', ...lines].join('\n');
}

function counterName(what: string): string {
  return `${PREFIX}${what.replaceAll('-', '_')}_total`;
}
