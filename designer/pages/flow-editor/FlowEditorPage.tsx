import { useParams } from 'react-router';
import { Page } from '../../shell/Page.tsx';

export function FlowEditorPage() {
  const { id = '' } = useParams();
  return <Page title={id}>{null}</Page>;
}
