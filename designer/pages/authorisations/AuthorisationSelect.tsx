import { Anchor, Select, Text } from '@mantine/core';
import { useAuthorisations } from '../../api/authorisations.ts';

interface AuthorisationSelectProps {
  /** Id; empty where none is chosen. */
  value: string;
  onChange: (id: string) => void;
}

/** Chooses how to sign in without a password; one that is missing is made in another tab, and appears here at once. */
export function AuthorisationSelect({ value, onChange }: AuthorisationSelectProps) {
  const items = useAuthorisations().data?.items ?? [];
  const chosen = items.find(({ id }) => id === value);
  return (
    <Select
      label="Authorisation"
      description={
        <>
          {chosen && chosen.state !== 'authorised' && chosen.state !== 'untried'
            ? 'It does not work at the moment. '
            : ''}
          <Anchor href="/authorisations/new" target="_blank" size="xs">
            Make a new one
          </Anchor>
        </>
      }
      required
      searchable
      nothingFoundMessage={<Text size="sm">None yet: make a new one.</Text>}
      data={items.map(({ id, name }) => ({ value: id, label: name }))}
      value={value === '' ? null : value}
      onChange={(id) => onChange(id ?? '')}
    />
  );
}
