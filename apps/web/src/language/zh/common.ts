/** Words of all views. */
export const common = {
  appName: 'DIM',
  starting: '正在启动',
} as const;
