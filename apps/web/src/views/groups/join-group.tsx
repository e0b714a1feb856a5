import type { ComponentType } from 'preact';
import { EmptyState } from '../parts/empty-state.tsx';

export const JoinGroup: ComponentType<{ readonly text: string }> = () => <EmptyState icon="talk" title="JoinGroup" />;
