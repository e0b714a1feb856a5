import { EmptyState } from '../parts/empty-state.tsx';

export function ConversationList() {
  return <EmptyState icon="talk" title="ConversationList" />;
}
