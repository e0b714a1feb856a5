/** Records as engines keep them: their values as text, so that nobody changes one who has read it. */
import { DEFAULT_LIMITS, type JsonMap, type Limits } from 'dimp';
import { checkArguments, copyJsonMap, parseJsonMap, within } from 'dimp/extend';
import { writeJson } from 'dimp/internal';
import type { RecordChange } from '../ports/records.ts';
import { checkText, checkTime } from './checked-postings.ts';

/** What is in a record came through the limits of messages, and has maps of the station around it. */
const RECORD_LIMITS: Limits = Object.freeze({
  ...DEFAULT_LIMITS,
  messageBytes: Number.MAX_SAFE_INTEGER,
  jsonValues: Number.MAX_SAFE_INTEGER,
  jsonDepth: 4 * DEFAULT_LIMITS.jsonDepth,
});

/** A change that was checked. */
export interface CheckedRecordChange {
  readonly table: string;
  readonly key: string;
  /** The value as JSON text, in which a lone surrogate stands as its escape; undefined where the record is removed. */
  readonly text: string | undefined;
  readonly writtenAt: number;
}

/** @throws DimError `USAGE_ARGUMENT` */
export function checkRecordChanges(changes: readonly RecordChange[]): readonly CheckedRecordChange[] {
  return changes.map(({ table, key, value, writtenAt }, index) => {
    const path = `changes[${index}]`;
    checkText(table, `${path}.table`);
    checkText(key, `${path}.key`);
    checkTime(writtenAt, `${path}.writtenAt`);
    return { table, key, text: value === undefined ? undefined : textOf(value, `${path}.value`), writtenAt };
  });
}

function textOf(value: JsonMap, path: string): string {
  return checkArguments(() => within(path, () => writeJson(copyJsonMap(value, RECORD_LIMITS))));
}

/** The value that a text says. It is frozen. @throws DimError `INPUT_…` for what no engine wrote */
export function valueOf(text: string): JsonMap {
  return parseJsonMap(text, RECORD_LIMITS);
}
