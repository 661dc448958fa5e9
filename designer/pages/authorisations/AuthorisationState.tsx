import { Badge, Group, Text } from '@mantine/core';
import type { AuthorisationView } from '../../../schemas/api/authorisations.ts';

const states: Record<AuthorisationView['state'], { colour: string; label: string }> = {
  authorised: { colour: 'green', label: 'authorised' },
  'needs-authorising': { colour: 'yellow', label: 'needs authorising' },
  failing: { colour: 'red', label: 'failing' },
  untried: { colour: 'gray', label: 'not tried yet' },
};

export function AuthorisationState({ state }: Pick<AuthorisationView, 'state'>) {
  const { colour, label } = states[state];
  return <Badge color={colour}>{label}</Badge>;
}

/** What ends some day; louder the nearer it is. */
export function Expiries({ expiries }: Pick<AuthorisationView, 'expiries'>) {
  if (expiries.length === 0) return <Text size="sm">–</Text>;
  return (
    <Group gap={6}>
      {expiries.map(({ what, on, daysLeft, warning }) => (
        <Text key={what} size="sm" c={colourOf(warning)}>
          {what} {daysLeft <= 0 ? 'ended' : 'ends'} {on}
          {warning !== null && daysLeft > 0 && ` (${daysLeft === 1 ? 'tomorrow' : `in ${daysLeft} days`})`}
        </Text>
      ))}
    </Group>
  );
}

/** Days ahead that are warned of. */
function colourOf(warning: number | null): string | undefined {
  if (warning === null) return undefined;
  return warning > 7 ? 'var(--sluice-warning)' : 'var(--mantine-color-error)';
}
