/** What somebody gave to a command is wrong: no fault of the command, nor of what it tests. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** What an option means. @throws UsageError as the reading does, with the option before what is wrong */
export function ofOption<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(`--${name}: ${error.message}`);
  }
}
