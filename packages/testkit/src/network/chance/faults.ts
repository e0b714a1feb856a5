/** What goes wrong on a network, and how often. */
import { DimError } from 'dimp';
import { requireArgument } from 'dimp/extend';

/** When a connection is lost, as seen from the payload at which it is. */
export type CutMoment =
  /** What the client sends does not arrive. */
  | 'before-arrival'
  /** The station has what the client sent, and the client does not learn it. */
  | 'after-arrival'
  /** What the station sends does not arrive. */
  | 'before-delivery'
  /** The client has what the station sent, and the station does not learn it: it comes again. */
  | 'before-acknowledgement';

/** A number of seconds, or the least and the most. */
export type Seconds = number | readonly [min: number, max: number];

/**
 * What goes wrong. Each `…Rate` is how likely it is, from 0 to 1: for one payload in one direction, or for one attempt to
 * connect. What is not given does not happen.
 */
export interface NetworkFaults {
  /** How long a payload takes, and an acknowledgement, each way. */
  readonly delay?: Seconds | undefined;
  /** Of attempts to connect: they fail. */
  readonly refuseRate?: number | undefined;
  /** The connection is lost. */
  readonly cutRate?: number | undefined;
  /** When it may be lost; at any moment, if not given. */
  readonly cutAt?: readonly CutMoment[] | undefined;
  /** How long it takes the station to see that a connection was lost. Until then it says that it has delivered. */
  readonly unnoticed?: Seconds | undefined;
  /** Of deliveries: it comes twice. */
  readonly duplicateRate?: number | undefined;
  /**
   * Of deliveries: the next one overtakes it that may, or none within a second. Those of one sender keep their order; what was
   * stored may be overtaken by any.
   */
  readonly reorderRate?: number | undefined;
  /** From then on, nothing more comes from the station over this connection, and nothing that is sent arrives. */
  readonly silenceRate?: number | undefined;
  /** Of what arrives: the station starts anew just before it. All connections end; what it stores stays. */
  readonly restartRate?: number | undefined;
  /** Of what arrives: it is acknowledged, and lost all the same, as no right station does. */
  readonly loseRate?: number | undefined;
}

const MOMENTS: readonly CutMoment[] = ['before-arrival', 'after-arrival', 'before-delivery', 'before-acknowledgement'];
const RATES = [
  'refuseRate',
  'cutRate',
  'duplicateRate',
  'reorderRate',
  'silenceRate',
  'restartRate',
  'loseRate',
] as const satisfies readonly (keyof NetworkFaults)[];
const DURATIONS = ['delay', 'unnoticed'] as const satisfies readonly (keyof NetworkFaults)[];

/** @throws DimError `USAGE_ARGUMENT` for what is no rate, no duration or no moment */
export function checkFaults(faults: NetworkFaults): void {
  requireArgument(faults, 'faults');
  for (const name of RATES) if (!isRate(faults[name] ?? 0)) throw wrong(name, 'a number from 0 to 1');
  for (const name of DURATIONS)
    if (!isDuration(faults[name] ?? 0)) throw wrong(name, 'a number of seconds, or the least and the most');
  const unknown = faults.cutAt?.find((moment) => !MOMENTS.includes(moment));
  if (unknown !== undefined || faults.cutAt?.length === 0) throw wrong('cutAt', `of ${MOMENTS.join(', ')}`);
}

/** The moments at which a payload of one direction may be lost. */
export function momentsOf(faults: NetworkFaults, direction: 'up' | 'down'): readonly CutMoment[] {
  const ofDirection = direction === 'up' ? MOMENTS.slice(0, 2) : MOMENTS.slice(2);
  return ofDirection.filter((moment) => faults.cutAt?.includes(moment) ?? true);
}

function isRate(value: number): boolean {
  return value >= 0 && value <= 1;
}

function isDuration(value: Seconds): boolean {
  const [min, max] = bounds(value);
  return min >= 0 && min <= max && max < Infinity;
}

/** The least and the most. */
export function bounds(value: Seconds): readonly [min: number, max: number] {
  return typeof value === 'number' ? [value, value] : value;
}

function wrong(name: keyof NetworkFaults, what: string): DimError {
  return new DimError('USAGE_ARGUMENT', `must be ${what}`, { path: `faults.${name}` });
}
