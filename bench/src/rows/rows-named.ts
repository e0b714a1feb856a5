/** Chooses rows by their names. */
import { quoted, suggestion } from 'runner/names';
import { UsageError } from 'runner/usage-error';

/** The rows with a text in their names. @throws UsageError where there are none, with how names begin */
export function rowsNamed<T extends { readonly name: string }>(text: string, rows: readonly T[]): readonly T[] {
  const chosen = rows.filter(({ name }) => name.includes(text));
  if (chosen.length > 0) return chosen;
  // All of them would be more than a line.
  const beginnings = [...new Set(rows.map(({ name }) => name.split(/[ ,]/)[0] ?? name))];
  const near = suggestion(text, [...beginnings, ...rows.map(({ name }) => name)]);
  throw new UsageError(
    `no row has ${quoted(text)} in its name${near}; their names begin with ${beginnings.join(', ')}`,
  );
}
