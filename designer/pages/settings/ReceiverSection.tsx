import { Anchor, Stack, Text } from '@mantine/core';
import { Link } from 'react-router';
import { useDomains } from '../../api/domains.ts';
import { useSystem } from '../../api/system.ts';
import { Resource } from '../../shell/Resource.tsx';
import { Section } from './Section.tsx';

/** Where the receiver listens. Which domains it takes mail for is decided where domains are set up, and shown here. */
export function ReceiverSection() {
  const receiver = useSystem().data?.receiver;
  const domains = useDomains();
  return (
    <Section
      title="Receiver"
      description="Programs and mail servers can hand mail over to Sluice by SMTP. It takes mail for its own domains only and refuses all other with 550."
    >
      <Text size="sm">
        {receiver === null && 'It is switched off (SLUICE_SMTP_PORT is 0).'}
        {receiver && `It listens on ${receiver.host}:${receiver.port}.`}
      </Text>
      <Resource query={domains} name="The domains" rows={1}>
        {({ items }) => <ReceivedDomains domains={items.filter(({ receives }) => receives)} />}
      </Resource>
      <Text size="sm" c="var(--sluice-muted)">
        A domain is added, and its mail taken or refused, on the page{' '}
        <Anchor component={Link} to="/domains" size="sm" underline="always">
          Domains
        </Anchor>
        .
      </Text>
    </Section>
  );
}

function ReceivedDomains({ domains }: { domains: readonly { id: string; unicode: string }[] }) {
  if (domains.length === 0) return <Text size="sm">It takes mail for no domain yet.</Text>;
  return (
    <Stack component="ul" gap={4} m={0} p={0} aria-label="Domains of the receiver" style={{ listStyle: 'none' }}>
      {domains.map(({ id, unicode }) => (
        <li key={id}>
          <Anchor component={Link} to={`/domains/${id}`} size="sm">
            <bdi>{unicode}</bdi>
          </Anchor>
        </li>
      ))}
    </Stack>
  );
}
