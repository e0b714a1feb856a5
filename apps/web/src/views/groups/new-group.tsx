import { EmptyState } from '../parts/empty-state.tsx';

export function NewGroup() {
  return <EmptyState icon="talk" title="NewGroup" />;
}
