/** The virtual list of `virtua`, which is written for React, as a component of Preact: the types of React are not here. */
import type { JSX, Ref } from 'preact';
import { Virtualizer as ForReact } from 'virtua';

export interface VirtualizerHandle {
  readonly scrollOffset: number;
  readonly scrollSize: number;
  readonly viewportSize: number;
  scrollToIndex(index: number, options?: { readonly align?: 'start' | 'center' | 'end' | 'nearest' }): void;
}

export interface VirtualizerProperties<T> {
  readonly children: (row: T, index: number) => JSX.Element;
  readonly data: readonly T[];
  readonly as: 'ol' | 'ul';
  readonly item: 'li';
  /** Whether rows came or went at the beginning: the place on the screen stays that of what stands below. */
  readonly shift?: boolean;
  readonly keepMounted?: readonly number[];
  readonly onScroll?: (offset: number) => void;
  readonly onResize?: () => void;
  readonly ref?: Ref<VirtualizerHandle>;
}

// The build puts `preact/compat` in the place of React.
export const Virtualizer = ForReact as unknown as <T>(properties: VirtualizerProperties<T>) => JSX.Element;
