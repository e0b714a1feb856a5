/** The contents that every context of this layer knows. */
import { definePlugin, type ContentDefinition, type Plugin } from 'dkd';
import { textDefinition, type TextContent } from './contents/text.ts';

/** The definitions of {@link corePlugin}. */
export type CoreDefinition = ContentDefinition<TextContent>;

/** The protocol's own contents. */
export const corePlugin: Plugin<CoreDefinition> = /* @__PURE__ */ definePlugin('dimp', [textDefinition]);
