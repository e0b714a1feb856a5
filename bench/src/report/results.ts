/** What a run found, as data: what the table, the chart and the JSON file are made of. */
import type { ImportTime } from 'platforms/import-time';
import type { Beside } from '../beside/beside.ts';
import type { Rates } from '../measuring/turns.ts';
import type { Row } from '../rows/row.ts';

/** A row on one version of Node: runs a second, by the name of who does it. */
export interface Measured {
  readonly warm: Rates;
  /** Of the first runs of a process: the process in the middle of several. */
  readonly first: Rates | undefined;
  /** With the portable backend. */
  readonly portable: Rates | undefined;
}

export interface RowResult {
  readonly row: Pick<Row, 'name' | 'note' | 'target' | 'portableTarget'>;
  /** By the version of Node. */
  readonly on: ReadonlyMap<string, Measured>;
  /** Runs a second of the Python implementation. */
  readonly python: number | undefined;
}

export interface Results {
  readonly quick: boolean;
  /** The versions of Node. */
  readonly nodes: readonly string[];
  /** The packages of the Python implementation, if it took part. */
  readonly python: Readonly<Record<string, string>> | undefined;
  readonly rows: readonly RowResult[];
  /** By the version of Node. */
  readonly beside: ReadonlyMap<string, Beside>;
  /** Of the packages as published; not measured with `--quick`. */
  readonly imports: ImportTime | undefined;
}

/** For the JSON file: maps as objects. */
export function toJson(results: Results): string {
  const plain = (_name: string, value: unknown): unknown => (value instanceof Map ? Object.fromEntries(value) : value);
  return `${JSON.stringify(results, plain, 2)}\n`;
}

/** A rate with three digits. */
export function rate(value: number): string {
  if (value >= 1e6) return `${(value / 1e6).toPrecision(3)}M`;
  if (value >= 1e3) return `${(value / 1e3).toPrecision(3)}k`;
  return value.toPrecision(3);
}

/** Bytes for people. */
export function mebibytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}

/** The first number of a version. */
export function majorOf(version: string): number {
  return Number(/^v?(\d+)/.exec(version)?.[1] ?? Number.NaN);
}
