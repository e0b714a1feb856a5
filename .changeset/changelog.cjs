/**
 * How a changeset stands in a CHANGELOG: as it was written. All packages have one version, so that nobody has to be told which
 * of the others are new, and readers have no use for the commit that brought a changeset.
 */
module.exports = {
  getReleaseLine: async ({ summary }) => `- ${summary.trim().split('\n').join('\n  ').replaceAll(/^ +$/gm, '')}`,
  getDependencyReleaseLine: async () => '',
};
