import { EmptyState } from '../parts/empty-state.tsx';

export function Search() {
  return <EmptyState icon="talk" title="Search" />;
}
