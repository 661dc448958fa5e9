import { SimpleGrid, TextInput } from '@mantine/core';
import { graphClouds } from '../../../../schemas/sources/graph.ts';
import { AuthorisationSelect } from '../../authorisations/AuthorisationSelect.tsx';
import { CloudField } from '../../authorisations/CloudField.tsx';

interface GraphForm {
  username: string;
  baseUrl: string;
  authorisation: string;
}

interface GraphFieldsProps {
  form: GraphForm;
  onChange: (part: Partial<GraphForm>) => void;
  /** What the mailbox is for. */
  hint: string;
}

const clouds = graphClouds.map(({ baseUrl, name }) => ({ value: baseUrl, label: name }));

/** A mailbox in Microsoft 365, and the leave to open it. */
export function GraphFields({ form, onChange, hint }: GraphFieldsProps) {
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput
          label="Mailbox"
          description={hint}
          required
          autoComplete="off"
          value={form.username}
          onChange={(event) => onChange({ username: event.currentTarget.value })}
        />
        <CloudField
          description="Tokens of one cloud are worth nothing in another"
          clouds={clouds}
          value={form.baseUrl}
          onChange={(baseUrl) => onChange({ baseUrl })}
        />
      </SimpleGrid>
      <AuthorisationSelect value={form.authorisation} onChange={(authorisation) => onChange({ authorisation })} />
    </>
  );
}
