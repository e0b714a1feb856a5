/** Writes the reference: a page for each export of each door. `node dist/src/api/main.js`, after the pages are collected. */
import { join } from 'node:path';
import { Application, Comment } from 'typedoc';
import { MarkdownPageEvent, type PluginOptions } from 'typedoc-plugin-markdown';
import { COLLECTED, HERE } from '../project/places.ts';
import { doors } from './doors.ts';
import { listReferences } from './references.ts';

const all = doors();
const markdown: PluginOptions = {
  hidePageHeader: true,
  useCodeBlocks: true,
  indexFormat: 'table',
  parametersFormat: 'table',
  interfacePropertiesFormat: 'table',
  typeAliasPropertiesFormat: 'table',
  enumMembersFormat: 'table',
  expandObjects: true,
  tableColumnSettings: { hideSources: true, leftAlignHeaders: true },
};
const application = await Application.bootstrapWithPlugins({
  name: 'Reference',
  entryPoints: all.map(({ path }) => path),
  tsconfig: join(HERE, 'tsconfig.typedoc.json'),
  plugin: ['typedoc-plugin-markdown', 'typedoc-vitepress-theme'],
  out: join(COLLECTED, 'api'),
  readme: 'none',
  // The compiler has checked them.
  skipErrorChecking: true,
  disableSources: true,
  excludePrivate: true,
  excludeInternal: true,
  ...markdown,
});

// typedoc names a door by the path of its source; people know it by what they import.
const names = new Map(all.map(({ name, path }) => [path, name]));
const entryPoints = application.getEntryPoints() ?? [];
const project = application.converter.convert(
  entryPoints.map((entry) => ({ ...entry, displayName: names.get(entry.sourceFile.fileName) ?? entry.displayName })),
);
for (const module of project.children ?? []) {
  const door = all.find(({ name }) => name === module.name);
  if (door !== undefined) module.comment = new Comment([{ kind: 'text', text: door.says }]);
}
application.renderer.on(MarkdownPageEvent.END, (page: { contents?: string }) => {
  if (page.contents !== undefined) page.contents = listReferences(page.contents);
});
application.validate(project);
await application.generateOutputs(project);
if (entryPoints.length !== all.length || application.logger.hasErrors()) throw new Error('the reference is not whole');
