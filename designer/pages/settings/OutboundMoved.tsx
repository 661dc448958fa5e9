import { Anchor, Text } from '@mantine/core';
import { Link } from 'react-router';
import { Section } from './Section.tsx';

/** Where outbound mail is set up now: people look for it here. */
export function OutboundMoved() {
  return (
    <Section title="Outbound mail" description="The servers through which answers leave stand beside the mailboxes.">
      <Text size="sm">
        <Anchor component={Link} to="/mailboxes?show=outbound" size="sm">
          Outbound mailboxes
        </Anchor>{' '}
        can be several, each with its own server, limits and addresses; one of them is the default.
      </Text>
    </Section>
  );
}
