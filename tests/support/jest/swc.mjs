/** How sources become JavaScript for tests: as tsconfig.base.json says. */
export const swcOptions = {
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript' },
    transform: { useDefineForClassFields: false },
  },
};
