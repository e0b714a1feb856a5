/** Words of all views. */
export const common = {
  appName: 'DIM',
  starting: 'Starting',
} as const;
