import type { ComponentType } from 'preact';
import { EmptyState } from '../parts/empty-state.tsx';

export const Group: ComponentType<{ readonly id: string }> = () => <EmptyState icon="talk" title="Group" />;
